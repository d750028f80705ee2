package io.assay.web.assertions;

import io.assay.assertion.weaklabel.Finding;
import io.assay.assertion.weaklabel.Reviews;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * How many of the violations of a comparison would remain with another threshold, and what people
 * found of these. It knows violations alone, hence nothing of a threshold that flags more than the
 * one they were found by.
 */
final class ThresholdCurve {
  /** Shares of the violations that a threshold of the table leaves out. */
  private static final double[] LEFT_OUT = {0, .1, .2, .3, .4, .5, .6, .7, .8, .9, .95, .99};

  private final Comparison comparison;
  private final double[] sorted;
  private final List<Reviewed> reviewed;

  private ThresholdCurve(Comparison comparison, double[] sorted, List<Reviewed> reviewed) {
    this.comparison = comparison;
    this.sorted = sorted;
    this.reviewed = reviewed;
  }

  /** A violation that somebody looked at. */
  record Reviewed(double value, Finding finding) {}

  /**
   * One threshold.
   *
   * @param remaining violations that it flags, too
   * @param share of all, in 0 .. 1; 0 where there is none
   * @param reviews of those that somebody looked at
   */
  record Point(double threshold, long remaining, double share, Reviews reviews) {}

  /**
   * Of violations.
   *
   * @param values finite, in any order; those of {@code reviewed} need not be among them
   */
  static ThresholdCurve of(
      Comparison comparison, Collection<Double> values, Collection<Reviewed> reviewed) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new ThresholdCurve(comparison, sorted, List.copyOf(reviewed));
  }

  Comparison comparison() {
    return comparison;
  }

  long violations() {
    return sorted.length;
  }

  /** Nothing of a threshold that flags what the present one does not. */
  boolean knows(double threshold) {
    return comparison.flags().areGreat()
        ? threshold >= comparison.threshold()
        : threshold <= comparison.threshold();
  }

  /** What remains with a threshold. */
  Point at(double threshold) {
    long remaining =
        Arrays.stream(sorted).filter(value -> comparison.flags().flags(value, threshold)).count();
    Reviews found =
        reviewed.stream()
            .filter(one -> comparison.flags().flags(one.value(), threshold))
            .map(one -> Reviews.none().with(one.finding()))
            .reduce(Reviews.none(), Reviews::plus);
    double share = sorted.length == 0 ? 0 : (double) remaining / sorted.length;
    return new Point(threshold, remaining, share, found);
  }

  /** The present threshold, then those at quantiles of what was seen: each flags less. */
  List<Point> points() {
    DoubleStream quantiles =
        sorted.length == 0
            ? DoubleStream.empty()
            : Arrays.stream(LEFT_OUT).map(this::leavingOut).filter(this::knows);
    return DoubleStream.concat(DoubleStream.of(comparison.threshold()), quantiles)
        .distinct()
        .mapToObj(this::at)
        .toList();
  }

  private double leavingOut(double share) {
    int place = (int) (share * sorted.length);
    return comparison.flags().areGreat() ? sorted[place] : sorted[sorted.length - 1 - place];
  }

  /** The value that lies furthest from the threshold; nothing where there is none. */
  OptionalDouble furthest() {
    if (sorted.length == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(comparison.flags().areGreat() ? sorted[sorted.length - 1] : sorted[0]);
  }
}
