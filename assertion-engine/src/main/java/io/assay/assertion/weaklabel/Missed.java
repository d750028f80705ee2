package io.assay.assertion.weaklabel;

import io.assay.assertion.statistics.BetaDistribution;
import io.assay.assertion.statistics.ShareInterval;
import java.util.Arrays;
import java.util.Optional;

/**
 * What all rules together miss, from people who looked at a random share of what nobody flagged.
 *
 * @param rate of errors among what nobody flagged, in 0 .. 1: the mean of its posterior
 * @param rateInterval of it, 90 %
 * @param errors missed errors that are expected in all that nobody flagged
 * @param recall of all errors the share that rules flag, in 0 .. 1: the median
 * @param recallInterval of it, 90 %
 */
public record Missed(
    double rate,
    ShareInterval rateInterval,
    double errors,
    double recall,
    ShareInterval recallInterval) {
  /** Points of each distribution that are combined with each of the other: 0.25 % apart. */
  private static final int POINTS = 200;

  /**
   * Of units that were judged.
   *
   * @param unflagged how many nobody flagged
   * @param random reviews of those of them that were drawn at random
   * @param flagged how many somebody flagged
   * @param flags reviews of those of them that were drawn without regard to whether they are right
   * @return nothing while one of both has no review that counts, or there is no flag
   */
  public static Optional<Missed> of(long unflagged, Reviews random, long flagged, Reviews flags) {
    if (unflagged < 0 || flagged < 0) {
      throw new IllegalArgumentException(
          "needed counts of at least 0, got %d and %d".formatted(unflagged, flagged));
    }
    if (random.counted() == 0 || flags.counted() == 0 || flagged == 0) {
      return Optional.empty();
    }
    double[] missed = points(random.posterior(), unflagged);
    double[] found = points(flags.posterior(), flagged);
    double[] recalls = new double[POINTS * POINTS];
    for (int i = 0; i < recalls.length; i++) {
      double hit = found[i / POINTS];
      recalls[i] = hit / (hit + missed[i % POINTS]);
    }
    Arrays.sort(recalls);
    double outside = (1 - Reviews.CONFIDENCE) / 2;
    double rate = random.posterior().mean();
    return Optional.of(
        new Missed(
            rate,
            random.interval().orElseThrow(),
            rate * unflagged,
            at(recalls, 0.5),
            new ShareInterval(at(recalls, outside), at(recalls, 1 - outside))));
  }

  /** How many units have it, at evenly spaced quantiles. */
  private static double[] points(BetaDistribution share, long of) {
    double[] points = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      points[i] = of * share.quantile((i + 0.5) / POINTS);
    }
    return points;
  }

  private static double at(double[] sorted, double probability) {
    return sorted[(int) Math.min(sorted.length - 1.0, probability * sorted.length)];
  }
}
