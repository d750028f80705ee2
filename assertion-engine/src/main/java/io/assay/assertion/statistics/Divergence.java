package io.assay.assertion.statistics;

import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;

/**
 * How far apart two distributions are, on counts over the same frozen bins. Categories unseen by
 * the baseline, and missing values where they are counted, are bins like others: a shift of theirs
 * is a shift. All are functions of the counts alone, empty where one side has no events.
 */
public final class Divergence {
  private Divergence() {}

  /**
   * The population stability index, {@code sum (p - q) ln(p / q)}, which is Jeffreys' divergence
   * (Siddiqi, <i>Credit Risk Scorecards</i>, 2006; Jeffreys, 1946).
   *
   * <p>It has no value where a bin is empty on one side. Such a bin counts there as half an event,
   * and the shares of that side are of the total so raised; bins that are empty on both sides are
   * left out. Without an empty bin the plain shares hold.
   */
  public static OptionalDouble psi(BinCounts baseline, BinCounts current) {
    baseline.needSameBins(current);
    if (baseline.total() == 0 || current.total() == 0) {
      return OptionalDouble.empty();
    }
    double p = raisedTotal(baseline, current);
    double q = raisedTotal(current, baseline);
    return OptionalDouble.of(
        sum(
            baseline,
            current,
            bin -> {
              double before = raised(baseline.count(bin)) / p;
              double now = raised(current.count(bin)) / q;
              return (now - before) * Math.log(now / before);
            }));
  }

  private static double raised(long count) {
    return count == 0 ? 0.5 : count;
  }

  private static double raisedTotal(BinCounts side, BinCounts other) {
    return sum(side, other, bin -> raised(side.count(bin)));
  }

  /**
   * Jensen and Shannon's divergence in bits (Lin, 1991): 0 for equal distributions, 1 for those
   * that share no bin; needs no smoothing. Its root is a metric.
   */
  public static OptionalDouble jensenShannon(BinCounts baseline, BinCounts current) {
    baseline.needSameBins(current);
    double m = baseline.total();
    double n = current.total();
    if (m == 0 || n == 0) {
      return OptionalDouble.empty();
    }
    double twice =
        sum(
            baseline,
            current,
            bin -> {
              double p = baseline.count(bin) / m;
              double q = current.count(bin) / n;
              return towards(p, (p + q) / 2) + towards(q, (p + q) / 2);
            });
    return OptionalDouble.of(Math.min(1, Math.max(0, twice / (2 * Math.log(2)))));
  }

  private static double towards(double p, double middle) {
    return p == 0 ? 0 : p * Math.log(p / middle);
  }

  /** Over the bins that are not empty on both sides, in their order. */
  private static double sum(BinCounts a, BinCounts b, IntToDoubleFunction term) {
    double sum = 0;
    for (int bin = 0; bin < a.size(); bin++) {
      if (a.count(bin) != 0 || b.count(bin) != 0) {
        sum += term.applyAsDouble(bin);
      }
    }
    return sum;
  }
}
