package io.assay.assertion.statistics;

import java.util.Optional;

/**
 * Kolmogorov and Smirnov's test that two samples have one distribution: the largest difference of
 * their distribution functions, at the edges of frozen bins. Between edges it may be larger, so the
 * statistic is never above that of the raw numbers and the p-value never below: the test stays
 * valid, and finer bins make it sharper. Missing values are left out.
 *
 * <p>The p-value is the asymptotic one (Smirnov, 1948), of {@code sqrt(m n / (m + n)) D}.
 */
public final class KolmogorovSmirnov {
  private static final double MEET = 1.18;

  private KolmogorovSmirnov() {}

  /** On bins in order, as {@link NumberBins} are; empty where one side has no numbers. */
  public static Optional<TestResult> test(BinCounts baseline, BinCounts current) {
    baseline.needSameBins(current);
    double m = baseline.present();
    double n = current.present();
    if (m == 0 || n == 0) {
      return Optional.empty();
    }
    double below = 0;
    double belowNow = 0;
    double most = 0;
    for (int bin = 0; bin < baseline.size() - 1; bin++) {
      below += baseline.count(bin);
      belowNow += current.count(bin);
      most = Math.max(most, Math.abs(below / m - belowNow / n));
    }
    double scaled = most * Math.sqrt(m / (m + n) * n);
    return Optional.of(new TestResult(most, exceeding(scaled)));
  }

  /** The limit of P(scaled D > x), by the series that converges faster. */
  static double exceeding(double x) {
    if (x <= 0) {
      return 1;
    }
    return x < MEET ? 1 - atMost(x) : Math.min(1, above(x));
  }

  private static double above(double x) {
    double sum = 0;
    for (int j = 1; j < 20; j++) {
      double term = Math.exp(-2.0 * j * j * x * x);
      sum += j % 2 == 1 ? term : -term;
    }
    return 2 * sum;
  }

  private static double atMost(double x) {
    double sum = 0;
    for (int j = 1; j < 20; j++) {
      double odd = (2 * j - 1) * Math.PI / x;
      sum += Math.exp(-odd * odd / 8);
    }
    return Math.sqrt(2 * Math.PI) / x * sum;
  }
}
