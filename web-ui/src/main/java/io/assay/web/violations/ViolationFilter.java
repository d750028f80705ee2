package io.assay.web.violations;

import io.assay.assertion.Level;
import io.assay.web.system.Address;
import io.assay.web.system.GivenTime;
import io.assay.web.system.Refused;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which violations are asked for, exactly as the address says.
 *
 * @param order in which they come
 * @param parameters those that were given, readable or not, by name
 * @param problems what of it cannot be read, as sentences; it filters nothing
 */
record ViolationFilter(
    Optional<String> assertion,
    Optional<String> stream,
    Optional<Level> level,
    Optional<String> key,
    Optional<Instant> from,
    Optional<Instant> to,
    Optional<Double> severity,
    Optional<String> text,
    Order order,
    Map<String, String> parameters,
    List<String> problems) {

  private static final String SORT = "sort";

  static final List<String> NAMES =
      List.of("assertion", "stream", "level", "key", "from", "to", "severity", "text", SORT);

  /** What comes first; its word is as addresses have it. */
  enum Order {
    NEWEST,
    OLDEST,
    SEVERITY;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static ViolationFilter of(Map<String, String> query) {
    var given = new LinkedHashMap<String, String>();
    for (String name : NAMES) {
      String value = query.getOrDefault(name, "").strip();
      if (!value.isEmpty()) {
        given.put(name, value);
      }
    }
    var reading = new ParameterReading(given);
    Optional<Instant> from = reading.read("from", GivenTime.NEEDED, GivenTime::parse);
    Optional<Instant> to = reading.read("to", GivenTime.NEEDED, GivenTime::parse);
    GivenTime.reversed("from", from.orElse(null), "to", to.orElse(null)).ifPresent(reading::note);
    Optional<Order> order =
        reading.read(SORT, "newest, oldest or severity", ViolationFilter::order);
    return new ViolationFilter(
        reading.text("assertion"),
        reading.text("stream"),
        reading.read(
            "level",
            "info, warning or critical",
            text -> Level.valueOf(text.toUpperCase(Locale.ROOT))),
        reading.text("key"),
        from,
        to,
        reading.read("severity", "a number", ViolationFilter::number),
        reading.text("text"),
        order.orElse(Order.NEWEST),
        given,
        reading.problems());
  }

  /**
   * @throws Refused where something cannot be read
   */
  ViolationFilter requireClear() {
    if (!problems.isEmpty()) {
      throw Refused.bad(String.join("; ", problems));
    }
    return this;
  }

  /** Whether all violations are shown; their order leaves none out. */
  public boolean isEmpty() {
    return parameters.keySet().stream().allMatch(SORT::equals);
  }

  /** The value to show in the form again. */
  public String shown(String name) {
    return parameters.getOrDefault(name, "");
  }

  public boolean isOldest() {
    return order == Order.OLDEST;
  }

  public boolean isBySeverity() {
    return order == Order.SEVERITY;
  }

  /** As the query of an address of the same list in time, from its other end. */
  public String turned() {
    return ordered(order == Order.NEWEST ? Order.OLDEST : Order.NEWEST);
  }

  /** As the query of an address of the same list, the most severe first. */
  public String worst() {
    return ordered(Order.SEVERITY);
  }

  private String ordered(Order wanted) {
    var all = new LinkedHashMap<>(parameters);
    all.remove(SORT);
    if (wanted != Order.NEWEST) {
      all.put(SORT, wanted.word());
    }
    return Address.query(all);
  }

  /** As the query of an address, with one parameter more. */
  public String query(String name, String value) {
    var all = new LinkedHashMap<>(parameters);
    if (!value.isEmpty()) {
      all.put(name, value);
    }
    return Address.query(all);
  }

  private static Order order(String text) {
    return Arrays.stream(Order.values())
        .filter(one -> one.word().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(text));
  }

  private static double number(String text) {
    double number = Double.parseDouble(text);
    if (!Double.isFinite(number)) {
      throw new NumberFormatException(text);
    }
    return number;
  }
}
