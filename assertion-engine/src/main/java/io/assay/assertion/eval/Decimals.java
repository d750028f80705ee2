package io.assay.assertion.eval;

/**
 * Numbers as few digits and a power of ten, which is how most came: {@code 0.73} is 73 and two
 * places. Exact: a number that its digits do not give back to the bit is not taken apart.
 */
final class Decimals {
  /** Said in place of the places: the number follows as it is. */
  static final int WHOLE_BITS = 7;

  private static final double[] TENS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
  private static final double MOST = 1L << 40;

  private Decimals() {}

  /** Digits after the point; {@link #WHOLE_BITS} where there is no short way to write it. */
  static int placesOf(double value) {
    long bits = Double.doubleToRawLongBits(value);
    for (int places = 0; places < TENS.length; places++) {
      double scaled = value * TENS[places];
      if (!(Math.abs(scaled) < MOST)) {
        return WHOLE_BITS;
      }
      if (Double.doubleToRawLongBits(value(digits(value, places), places)) == bits) {
        return places;
      }
    }
    return WHOLE_BITS;
  }

  static long digits(double value, int places) {
    return Math.round(value * TENS[places]);
  }

  static double value(long digits, int places) {
    return digits / TENS[places];
  }
}
