package io.assay.assertion.statistics;

/**
 * What is believed of a share of which some were seen: the beta distribution.
 *
 * @param a above 0: those seen to have it, and what the prior adds
 * @param b above 0: those seen not to have it, and what the prior adds
 */
public record BetaDistribution(double a, double b) {
  public BetaDistribution {
    if (!(a > 0 && a < Double.POSITIVE_INFINITY && b > 0 && b < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a beta distribution needs finite a > 0 and b > 0, got %s and %s".formatted(a, b));
    }
  }

  /** Before anything was seen, by Jeffreys (1946): half an item for either side. */
  public static BetaDistribution jeffreys() {
    return new BetaDistribution(0.5, 0.5);
  }

  /** Before anything was seen, every share as likely: one item for either side (Laplace). */
  public static BetaDistribution uniform() {
    return new BetaDistribution(1, 1);
  }

  /**
   * After some more were seen.
   *
   * @param having at least 0
   * @param others at least 0
   */
  public BetaDistribution after(double having, double others) {
    if (!(having >= 0 && others >= 0)) {
      throw new IllegalArgumentException(
          "needed counts of at least 0, got %s and %s".formatted(having, others));
    }
    return new BetaDistribution(a + having, b + others);
  }

  public double mean() {
    return a / (a + b);
  }

  /** The probability that the share is at most {@code x}. */
  public double atMost(double x) {
    return IncompleteBeta.at(x, a, b);
  }

  /**
   * The share that the true one does not exceed with this probability.
   *
   * @param probability in 0 .. 1
   */
  public double quantile(double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("needed a probability in 0 .. 1, got " + probability);
    }
    return IncompleteBeta.inverse(probability, a, b);
  }

  /** The middle of the distribution: as much outside below as above. */
  public ShareInterval interval(double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("needed a confidence in 0 .. 1, got " + confidence);
    }
    double outside = (1 - confidence) / 2;
    return new ShareInterval(quantile(outside), quantile(1 - outside));
  }
}
