package io.assay.assertion.rule;

import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The units that may stand behind a number, and what they make of it. */
final class Units {
  /** A unit's dimension and its size in nanoseconds, metres or pixels. */
  record Unit(Basic type, String factor) {}

  private static final Map<String, Unit> ALL = new LinkedHashMap<>();

  static {
    time("ns", "1");
    time("us", "1000");
    time("ms", "1000000");
    time("s", "1000000000");
    time("min", "60000000000");
    time("h", "3600000000000");
    time("d", "86400000000000");
    ALL.put("mm", new Unit(Basic.LENGTH, "0.001"));
    ALL.put("cm", new Unit(Basic.LENGTH, "0.01"));
    ALL.put("metre", new Unit(Basic.LENGTH, "1"));
    ALL.put("metres", new Unit(Basic.LENGTH, "1"));
    ALL.put("km", new Unit(Basic.LENGTH, "1000"));
    ALL.put("px", new Unit(Basic.PIXELS, "1"));
  }

  private static void time(String name, String nanos) {
    ALL.put(name, new Unit(Basic.DURATION, nanos));
  }

  private Units() {}

  static Optional<Unit> named(String unit) {
    return Optional.ofNullable(ALL.get(unit));
  }

  /** Nanoseconds as a Long, else a Double; empty where a duration is longer than 292 years. */
  static Optional<Object> value(String number, Unit unit) {
    return Decimals.read(number)
        .map(value -> value.multiply(new BigDecimal(unit.factor())))
        .flatMap(value -> inUnit(value, unit));
  }

  private static Optional<Object> inUnit(BigDecimal value, Unit unit) {
    if (unit.type() != Basic.DURATION) {
      double size = value.doubleValue();
      return Double.isInfinite(size) ? Optional.empty() : Optional.of(size);
    }
    BigDecimal nanos = value.setScale(0, RoundingMode.HALF_EVEN);
    return nanos.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
        ? Optional.empty()
        : Optional.of(nanos.longValueExact());
  }

  /**
   * The units that were probably meant; those of the expected type first, and only those where
   * known.
   */
  static List<String> meant(String unit, Type expected) {
    List<String> likely =
        switch (unit) {
          case "m" -> expected == Basic.DURATION ? List.of("ms", "min") : List.of("metres", "min");
          case "sec", "secs", "second", "seconds" -> List.of("s");
          case "mins", "minute", "minutes" -> List.of("min");
          case "hr", "hrs", "hour", "hours" -> List.of("h");
          case "day", "days" -> List.of("d");
          case "w", "week", "weeks" -> List.of("d");
          case "msec", "msecs", "millis", "milliseconds" -> List.of("ms");
          case "meter", "meters" -> List.of("metres");
          case "pixel", "pixels" -> List.of("px");
          case "ft", "feet", "foot", "yd", "inch", "inches" -> List.of("metres");
          default ->
              Suggestions.nearest(unit, ALL.keySet())
                  .or(() -> Optional.of(unit.toLowerCase(Locale.ROOT)).filter(ALL::containsKey))
                  .map(List::of)
                  .orElse(List.of());
        };
    if (unit.equals("m")) {
      return likely;
    }
    List<String> fitting = likely.stream().filter(u -> fits(u, expected)).toList();
    return fitting.isEmpty() ? likely : fitting;
  }

  private static boolean fits(String unit, Type expected) {
    Unit known = ALL.get(unit);
    return known != null && known.type() == expected;
  }
}
