package io.assay.assertion.scenario;

/**
 * By how much a rate rose, and the 95 % confidence interval of that: Newcombe's hybrid of two score
 * intervals (Statistics in Medicine 17, 1998, method 10), which stays right for few units and for
 * rates near 0 and 1.
 *
 * <p>Units are taken to be independent. Those of one recording rarely are (a bad hour violates many
 * at once), so that the true interval is wider.
 *
 * @param difference the second rate less the first, in -1 .. 1
 */
public record RateDifference(double difference, double low, double high) {
  /** The share of a normal distribution's middle 95 % is within so many deviations. */
  private static final double Z = 1.959963984540054;

  /**
   * @throws IllegalArgumentException if nothing was judged on one side
   */
  public static RateDifference of(Rate before, Rate after) {
    Score first = Score.of(before);
    Score second = Score.of(after);
    double difference = second.rate - first.rate;
    return new RateDifference(
        difference,
        difference - Math.hypot(second.rate - second.low, first.high - first.rate),
        difference + Math.hypot(second.high - second.rate, first.rate - first.low));
  }

  /** Wilson's interval of one rate. */
  private record Score(double rate, double low, double high) {
    static Score of(Rate rate) {
      double n = rate.judged();
      double p =
          rate.value()
              .orElseThrow(() -> new IllegalArgumentException("needed judged units, got none"));
      double scale = 1 + Z * Z / n;
      double middle = (p + Z * Z / (2 * n)) / scale;
      double half = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / scale;
      return new Score(p, Math.max(0, middle - half), Math.min(1, middle + half));
    }
  }
}
