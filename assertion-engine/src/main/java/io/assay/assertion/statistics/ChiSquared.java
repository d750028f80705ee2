package io.assay.assertion.statistics;

import java.util.Optional;

/**
 * Pearson's test that two samples have one distribution, on counts over the same bins; those for
 * unseen and missing are bins like others. Both sides are samples: the baseline, too, was drawn.
 *
 * <p>Bins that are empty on both sides say nothing and take no degree of freedom. No correction for
 * continuity. The p-value is the asymptotic one: with fewer than five expected in a bin it is rough
 * (Cochran, 1954).
 */
public final class ChiSquared {
  private ChiSquared() {}

  /** Empty where one side has no events. */
  public static Optional<TestResult> test(BinCounts baseline, BinCounts current) {
    baseline.needSameBins(current);
    double m = baseline.total();
    double n = current.total();
    if (m == 0 || n == 0) {
      return Optional.empty();
    }
    double statistic = 0;
    int filled = 0;
    for (int bin = 0; bin < baseline.size(); bin++) {
      double both = (double) baseline.count(bin) + current.count(bin);
      if (both > 0) {
        filled++;
        double off = current.count(bin) - n * both / (m + n);
        statistic += off * off * (m + n) / both * (m + n) / (m * n);
      }
    }
    double p = filled < 2 ? 1 : IncompleteGamma.upper((filled - 1) / 2.0, statistic / 2);
    return Optional.of(new TestResult(statistic, p));
  }
}
