package io.assay.assertion.rule;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A number in a rule's text that something is held against, and that may be another: a side of a
 * comparison, a bound of time or events, the rate of an alert.
 *
 * @param id the same as long as the assertion's clauses are: the clause's word and which of its
 *     numbers it is, {@code absent-1}
 * @param clause the word that the clause begins with
 * @param condition what it stands in, as it is written, on one line
 * @param value in its unit
 * @param unit as it is written behind the number: {@code ms}, {@code metres}, {@code %}, {@code
 *     events}; empty for none
 * @param whole whether it is a whole number
 * @param parameter the name of the {@code param} that has it; empty where it is written in place
 * @param span of the number, with its sign, and with its unit where no space is between
 */
public record MovableLimit(
    String id,
    String clause,
    String condition,
    BigDecimal value,
    String unit,
    boolean whole,
    String parameter,
    Span span) {

  /** Digits of a number that someone would write. */
  private static final int DIGITS = 6;

  /** Another value as a rule has it, with its unit; whole numbers are rounded. */
  String written(BigDecimal other) {
    String behind = unit.equals("events") ? "" : unit;
    return number(other) + behind;
  }

  private String number(BigDecimal other) {
    if (whole) {
      return other.setScale(0, RoundingMode.HALF_UP).toPlainString();
    }
    String plain = rounded(other).toPlainString();
    // A number with a unit may be whole; one without would else be of another type.
    return unit.isEmpty() && plain.indexOf('.') < 0 ? plain + ".0" : plain;
  }

  /** A value of a range, as it would be written: whole where this is, else of six digits. */
  public BigDecimal rounded(BigDecimal other) {
    if (whole) {
      return other.setScale(0, RoundingMode.HALF_UP);
    }
    int digits = Math.max(DIGITS, other.precision() - other.scale());
    BigDecimal near =
        other.round(new java.math.MathContext(digits, RoundingMode.HALF_EVEN)).stripTrailingZeros();
    return near.scale() < 0 ? near.setScale(0) : near;
  }

  /** A value for people, with its unit: {@code 500ms}, {@code 4 events}. */
  public String shown(BigDecimal other) {
    String number = rounded(other).toPlainString();
    return unit.equals("events") ? number + " events" : number + unit;
  }
}
