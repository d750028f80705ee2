package io.assay.web.violations;

import io.assay.assertion.Level;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Which violations are asked for, exactly as the address says.
 *
 * @param parameters those that were given, readable or not, by name
 * @param problems names of the parameters that cannot be read; they filter nothing
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
    Map<String, String> parameters,
    List<String> problems) {

  static final List<String> NAMES =
      List.of("assertion", "stream", "level", "key", "from", "to", "severity", "text");

  static ViolationFilter of(Map<String, String> query) {
    var given = new LinkedHashMap<String, String>();
    for (String name : NAMES) {
      String value = query.getOrDefault(name, "").strip();
      if (!value.isEmpty()) {
        given.put(name, value);
      }
    }
    var reading = new ParameterReading(given);
    return new ViolationFilter(
        reading.text("assertion"),
        reading.text("stream"),
        reading.read("level", text -> Level.valueOf(text.toUpperCase(Locale.ROOT))),
        reading.text("key"),
        reading.read("from", ViolationFilter::instant),
        reading.read("to", ViolationFilter::instant),
        reading.read("severity", ViolationFilter::number),
        reading.text("text"),
        given,
        reading.problems());
  }

  public boolean isEmpty() {
    return parameters.isEmpty();
  }

  /** The value to show in the form again. */
  public String shown(String name) {
    return parameters.getOrDefault(name, "");
  }

  /** As the query of an address, with one parameter more. */
  public String query(String name, String value) {
    var uri = UriComponentsBuilder.newInstance();
    parameters.forEach(uri::queryParam);
    if (!value.isEmpty()) {
      uri.queryParam(name, value);
    }
    String query = uri.encode().build().getQuery();
    return query == null ? "" : "?" + query;
  }

  /** RFC 3339, or what a browser's field for date and time sends, which is taken as UTC. */
  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException local) {
      return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }
  }

  private static double number(String text) {
    double number = Double.parseDouble(text);
    if (!Double.isFinite(number)) {
      throw new NumberFormatException(text);
    }
    return number;
  }
}
