package io.assay.assertion.weaklabel;

import io.assay.assertion.statistics.ShareInterval;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * From which severity on an assertion is as precise as one wishes.
 *
 * @param severity the smallest such threshold: flags of it and more are kept
 * @param reviews of the flags from there on
 * @param interval of their precision, 90 %
 * @param kept the share of all reviewed flags from there on, in 0 .. 1
 */
public record ThresholdSuggestion(
    double severity, Reviews reviews, ShareInterval interval, double kept) {
  /** More than numbers are wrong by: what the probability leaves open, the bound decides. */
  private static final double SLACK = 1e-6;

  /**
   * A flag that somebody looked at.
   *
   * @param severity not NaN
   */
  public record Reviewed(double severity, Finding finding) {
    public Reviewed {
      if (Double.isNaN(severity)) {
        throw new IllegalArgumentException("needed a severity, got NaN");
      }
    }
  }

  /**
   * The smallest severity that somebody saw, from which on the lower bound of the precision reaches
   * the wish. Only severities with nothing of the same below them are thresholds. Of many
   * thresholds the chosen one is flattered by chance: its bound is no promise.
   *
   * @param wish a precision, in 0 .. 1
   * @return nothing where the reviews do not show it of any
   */
  public static Optional<ThresholdSuggestion> reaching(double wish, Collection<Reviewed> reviewed) {
    if (!(wish >= 0 && wish <= 1)) {
      throw new IllegalArgumentException("needed a precision in 0 .. 1, got " + wish);
    }
    List<Reviewed> worst =
        reviewed.stream()
            .sorted(Comparator.comparingDouble(Reviewed::severity).reversed())
            .toList();
    List<Reviews> soFar = new ArrayList<>();
    Reviews so = Reviews.none();
    for (Reviewed one : worst) {
      so = so.with(one.finding());
      soFar.add(so);
    }
    // From the smallest on: the first that reaches it is the one.
    for (int i = worst.size() - 1; i >= 0; i--) {
      double severity = worst.get(i).severity();
      Reviews reviews = soFar.get(i);
      boolean last = i + 1 == worst.size() || worst.get(i + 1).severity() < severity;
      if (last && mayReach(wish, reviews)) {
        Optional<ShareInterval> interval = reviews.interval();
        if (interval.isPresent() && interval.get().low() >= wish) {
          double kept = (i + 1.0) / worst.size();
          return Optional.of(new ThresholdSuggestion(severity, reviews, interval.get(), kept));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Whether so much of what is believed lies above the wish that the lower bound may. One
   * probability is much sooner known than the two bounds, each of which takes many.
   */
  private static boolean mayReach(double wish, Reviews reviews) {
    double outside = (1 - Reviews.CONFIDENCE) / 2;
    return reviews.posterior().atMost(wish) <= outside + SLACK;
  }
}
