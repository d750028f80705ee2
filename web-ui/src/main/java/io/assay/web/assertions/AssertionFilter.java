package io.assay.web.assertions;

import io.assay.assertion.Level;
import io.assay.web.rates.Range;
import io.assay.web.system.Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which assertions are asked for, over which range and in which order, exactly as the address says.
 *
 * @param health only those that stand so
 * @param parameters those that were given, readable or not, by name
 * @param problems names of the parameters that cannot be read; they filter nothing
 */
record AssertionFilter(
    String text,
    String stream,
    String owner,
    Optional<Level> level,
    Optional<String> mode,
    Optional<Health> health,
    Range range,
    AssertionOrder order,
    Map<String, String> parameters,
    List<String> problems) {
  private static final List<String> NAMES =
      List.of("range", "sort", "text", "stream", "owner", "level", "mode", "health");

  static AssertionFilter of(Map<String, String> query) {
    var given = new LinkedHashMap<String, String>();
    for (String name : NAMES) {
      String value = query.getOrDefault(name, "").strip();
      if (!value.isEmpty()) {
        given.put(name, value);
      }
    }
    var problems = new ArrayList<String>();
    return new AssertionFilter(
        given.getOrDefault("text", ""),
        given.getOrDefault("stream", ""),
        given.getOrDefault("owner", ""),
        read(given, "level", text -> constant(Level.values(), text), problems),
        read(given, "mode", AssertionFilter::mode, problems),
        read(given, "health", text -> constant(Health.values(), text), problems),
        read(given, "range", Range::of, problems).orElse(Range.HOUR),
        read(given, "sort", AssertionOrder::of, problems).orElse(AssertionOrder.attention),
        given,
        List.copyOf(problems));
  }

  private static <T> Optional<T> read(
      Map<String, String> given,
      String name,
      Function<String, Optional<T>> reader,
      List<String> problems) {
    String text = given.getOrDefault(name, "");
    Optional<T> value = text.isEmpty() ? Optional.empty() : reader.apply(text);
    if (value.isEmpty() && !text.isEmpty()) {
      problems.add(name);
    }
    return value;
  }

  private static <E extends Enum<E>> Optional<E> constant(E[] values, String text) {
    for (E value : values) {
      if (value.name().equalsIgnoreCase(text)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> mode(String text) {
    String wanted = text.toUpperCase(Locale.ROOT);
    return List.of("ACTIVE", "SHADOW", "DRAFT").contains(wanted)
        ? Optional.of(wanted)
        : Optional.empty();
  }

  boolean fits(AssertionLine line) {
    String wanted = text.toLowerCase(Locale.ROOT);
    boolean named =
        wanted.isEmpty()
            || (line.name() + ' ' + line.title()).toLowerCase(Locale.ROOT).contains(wanted);
    return named
        && (stream.isEmpty() || line.streams().contains(stream))
        && (owner.isEmpty() || line.owner().equals(owner))
        && level.filter(one -> one != line.level()).isEmpty()
        && mode.filter(one -> !one.equals(line.mode())).isEmpty()
        && health.filter(one -> one != line.health()).isEmpty();
  }

  /** Whether all assertions are shown; range and order leave none out. */
  public boolean isEmpty() {
    return parameters.keySet().stream().allMatch(List.of("range", "sort")::contains);
  }

  /** The value to show in the form again. */
  public String shown(String name) {
    return parameters.getOrDefault(name, "");
  }

  /**
   * As the query of an address, with one parameter more, or another value of it; empty for none.
   */
  public String query(String name, String value) {
    var all = new LinkedHashMap<>(parameters);
    all.remove(name);
    if (!value.isEmpty()) {
      all.put(name, value);
    }
    return Address.query(all);
  }
}
