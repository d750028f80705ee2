package io.assay.web.alerts.channels;

import io.assay.web.alerts.channels.Delivery.Status;
import io.assay.web.system.Address;
import io.assay.web.system.Refused;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which deliveries are asked for, exactly as the address says.
 *
 * @param route of one route; empty for all
 * @param oldest whether the oldest come first
 */
record DeliveryFilter(String route, Optional<Status> status, boolean oldest) {
  private static final String OLDEST = "oldest";

  /**
   * Reads an address.
   *
   * @throws Refused where a value is none
   */
  static DeliveryFilter of(Map<String, String> query) {
    String status = query.getOrDefault("status", "").strip();
    String sort = query.getOrDefault("sort", "").strip();
    if (!List.of("", "newest", OLDEST).contains(sort)) {
      throw Refused.bad("sort needs newest or oldest, got '%s'".formatted(sort));
    }
    return new DeliveryFilter(
        query.getOrDefault("route", "").strip(),
        status.isEmpty() ? Optional.empty() : Optional.of(status(status)),
        sort.equals(OLDEST));
  }

  private static Status status(String text) {
    return Arrays.stream(Status.values())
        .filter(one -> one.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () ->
                Refused.bad(
                    "status needs pending, delivered, dead or superseded, got '" + text + "'"));
  }

  /** A place in the list, behind which it goes on. */
  record Place(long notice, int target) {
    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,18})-([0-9]{1,4})");

    /**
     * Reads the id of a delivery; the empty text is the start.
     *
     * @throws Refused where it is none
     */
    static Optional<Place> read(String text) {
      Matcher parts = WRITTEN.matcher(text);
      if (text.isEmpty()) {
        return Optional.empty();
      }
      if (!parts.matches()) {
        throw Refused.bad("after needs the id of a delivery such as 17-0, got '" + text + "'");
      }
      return Optional.of(
          new Place(Long.parseLong(parts.group(1)), Integer.parseInt(parts.group(2))));
    }
  }

  /** Whether all are shown; their order leaves none out. */
  public boolean isEmpty() {
    return route.isEmpty() && status.isEmpty();
  }

  /** The value to show in the form again. */
  public String shown(String name) {
    return parameters().getOrDefault(name, "");
  }

  /** As the query of an address, with one parameter more, or another value of it. */
  public String query(String name, String value) {
    Map<String, String> all = parameters();
    all.put(name, value);
    all.values().removeIf(String::isEmpty);
    return Address.query(all);
  }

  private Map<String, String> parameters() {
    var all = new LinkedHashMap<String, String>();
    all.put("route", route);
    all.put("status", status.map(one -> one.name().toLowerCase(Locale.ROOT)).orElse(""));
    all.put("sort", oldest ? OLDEST : "");
    all.values().removeIf(String::isEmpty);
    return all;
  }
}
