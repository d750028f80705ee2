package io.assay.assertion.rule;

import java.util.stream.DoubleStream;

/** The values that a number may have, both ends included; durations in nanoseconds. */
record Interval(double low, double high) {
  static final Interval ANY = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  static final Interval NOT_NEGATIVE = new Interval(0, Double.POSITIVE_INFINITY);
  static final Interval SHARE = new Interval(0, 1);

  static Interval of(double value) {
    return Double.isNaN(value) ? ANY : new Interval(value, value);
  }

  boolean isEmpty() {
    return low > high;
  }

  Interval plus(Interval other) {
    return known(low + other.low, high + other.high);
  }

  Interval negated() {
    return new Interval(-high, -low);
  }

  Interval minus(Interval other) {
    return plus(other.negated());
  }

  Interval times(Interval other) {
    return hull(
        DoubleStream.of(low * other.low, low * other.high, high * other.low, high * other.high));
  }

  /** Nothing is known of a division by what may be 0. */
  Interval over(Interval other) {
    return other.low <= 0 && other.high >= 0
        ? ANY
        : hull(
            DoubleStream.of(
                low / other.low, low / other.high, high / other.low, high / other.high));
  }

  /** All of both. */
  Interval or(Interval other) {
    return new Interval(Math.min(low, other.low), Math.max(high, other.high));
  }

  /** What is in both. */
  Interval and(Interval other) {
    return new Interval(Math.max(low, other.low), Math.min(high, other.high));
  }

  Interval least(Interval other) {
    return new Interval(Math.min(low, other.low), Math.min(high, other.high));
  }

  Interval greatest(Interval other) {
    return new Interval(Math.max(low, other.low), Math.max(high, other.high));
  }

  Interval absolute() {
    return low >= 0 ? this : high <= 0 ? negated() : new Interval(0, Math.max(-low, high));
  }

  /** Products of 0 and infinity say nothing. */
  private static Interval hull(DoubleStream ends) {
    double[] values = ends.toArray();
    return DoubleStream.of(values).anyMatch(Double::isNaN)
        ? ANY
        : new Interval(
            DoubleStream.of(values).min().orElseThrow(),
            DoubleStream.of(values).max().orElseThrow());
  }

  private static Interval known(double low, double high) {
    return Double.isNaN(low) || Double.isNaN(high) ? ANY : new Interval(low, high);
  }
}
