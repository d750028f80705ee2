package io.assay.web.assertions;

import io.assay.assertion.event.Durations;
import io.assay.web.violations.Evidence.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What an assertion compares with one literal threshold, read from a violation's values and
 * thresholds. Of the condition of an {@code expect} that is just that, and of {@code absent} and
 * {@code present} with a bound.
 *
 * @param condition as the rule writes it, or nearly
 * @param flags which values are violations
 * @param threshold in seconds where it is a time
 * @param isTime whether values are seconds
 */
record Comparison(String condition, Flags flags, double threshold, boolean isTime) {
  private static final String WHEN_PRESENT = " when present";
  private static final Pattern DAYS = Pattern.compile("^(\\d{1,6})d");

  /** Which values are violations, seen from the threshold. */
  enum Flags {
    ABOVE,
    FROM,
    BELOW,
    UP_TO;

    /** Whether a value is one. */
    boolean flags(double value, double threshold) {
      return switch (this) {
        case ABOVE -> value > threshold;
        case FROM -> value >= threshold;
        case BELOW -> value < threshold;
        case UP_TO -> value <= threshold;
      };
    }

    /** Whether a greater threshold flags less. */
    boolean areGreat() {
      return switch (this) {
        case ABOVE, FROM -> true;
        case BELOW, UP_TO -> false;
      };
    }
  }

  /** What a violation had, and what it was held against. */
  record Measured(Comparison comparison, double value) {}

  private record Amount(double value, boolean isTime) {}

  /**
   * Nothing where it is no such comparison, or one of its sides is no number that everybody may
   * see.
   */
  static Optional<Measured> of(List<Value> values) {
    if (values.isEmpty()) {
      return Optional.empty();
    }
    Optional<Measured> bound = bound(values);
    return bound.isPresent() ? bound : condition(values);
  }

  /** Of a gap, or of a life. */
  private static Optional<Measured> bound(List<Value> values) {
    for (Value limit : values) {
      for (String kind : List.of("absent", "present")) {
        String clause = kind + " less than";
        boolean inEvents = limit.expression().equals(clause + " events");
        if (limit.threshold() && (inEvents || limit.expression().equals(clause))) {
          String seen = inEvents ? "events" : kind.equals("absent") ? "gap" : "lifetime";
          return values.stream()
              .filter(value -> !value.threshold() && value.expression().equals(seen))
              .findFirst()
              .flatMap(value -> of(clause + ' ' + limit.value(), Flags.BELOW, value, limit));
        }
      }
    }
    return Optional.empty();
  }

  /** The record has the whole condition first, and its two sides as it is written. */
  private static Optional<Measured> condition(List<Value> values) {
    String whole = values.getFirst().expression();
    String asked =
        whole.endsWith(WHEN_PRESENT)
            ? whole.substring(0, whole.length() - WHEN_PRESENT.length())
            : whole;
    for (Value limit : values) {
      for (Value value : values) {
        if (isNumber(limit) && !value.threshold()) {
          Optional<Flags> flags = flags(asked, value.expression(), limit.expression());
          if (flags.isPresent()) {
            return of(whole, flags.get(), value, limit);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** A literal text is in quotes. */
  private static boolean isNumber(Value limit) {
    return limit.threshold() && !limit.expression().startsWith("\"");
  }

  /** A condition is violated where it does not hold. */
  private static Optional<Flags> flags(String asked, String value, String limit) {
    for (String side : List.of(value, "(" + value + ")")) {
      if (asked.equals(side + " <= " + limit) || asked.equals(limit + " >= " + side)) {
        return Optional.of(Flags.ABOVE);
      }
      if (asked.equals(side + " < " + limit) || asked.equals(limit + " > " + side)) {
        return Optional.of(Flags.FROM);
      }
      if (asked.equals(side + " >= " + limit) || asked.equals(limit + " <= " + side)) {
        return Optional.of(Flags.BELOW);
      }
      if (asked.equals(side + " > " + limit) || asked.equals(limit + " < " + side)) {
        return Optional.of(Flags.UP_TO);
      }
    }
    return Optional.empty();
  }

  private static Optional<Measured> of(String condition, Flags flags, Value value, Value limit) {
    Optional<Amount> seen = amount(value.value());
    Optional<Amount> least = amount(limit.value());
    if (seen.isEmpty() || least.isEmpty() || seen.get().isTime() != least.get().isTime()) {
      return Optional.empty();
    }
    var comparison = new Comparison(condition, flags, least.get().value(), least.get().isTime());
    return Optional.of(new Measured(comparison, seen.get().value()));
  }

  /** Infinite and masked values are none. */
  private static Optional<Amount> amount(String text) {
    OptionalDouble plain = plain(text);
    if (plain.isPresent()) {
      return Optional.of(new Amount(plain.getAsDouble(), false));
    }
    OptionalLong nanos = nanos(text);
    return nanos.isPresent()
        ? Optional.of(new Amount(nanos.getAsLong() / 1e9, true))
        : Optional.empty();
  }

  /** As evidence prints them: {@code 1d 2min 3.5s}. */
  private static OptionalLong nanos(String text) {
    String hours =
        DAYS.matcher(text).replaceFirst(days -> 24 * Long.parseLong(days.group(1)) + "h");
    return Durations.parse(hours.replace("min", "m").replace(" ", ""));
  }

  private static OptionalDouble plain(String text) {
    // What ends in a letter is a time: Java would read 5d as a number.
    if (text.isEmpty() || Character.isLetter(text.charAt(text.length() - 1))) {
      return OptionalDouble.empty();
    }
    try {
      double number = Double.parseDouble(text);
      return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    } catch (NumberFormatException none) {
      return OptionalDouble.empty();
    }
  }

  /** In words of numbers: {@code 0.5 s}. */
  public String shown(double value) {
    String number = BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    return isTime ? number + " s" : number;
  }
}
