package io.assay.assertion.weaklabel;

import io.assay.assertion.statistics.ShareInterval;
import java.util.List;

/**
 * Whether a model improved where an assertion looks: the assertion's rate before and after a
 * version, and the 95 % interval of the difference (Newcombe, 1998, method 10: two of Wilson's,
 * which stays right for few units and for rates near 0 and 1).
 *
 * <p>Units of one stretch of time go together: a bad hour violates many at once. So each side is
 * given in stretches, minutes or hours, and counts for as many independent units as the spread of
 * the rate over its stretches allows (Kish's design effect; at most as many as there are). Of one
 * stretch nothing can be said of that, and its units count in full.
 *
 * @param before the rate before, in 0 .. 1
 * @param after the rate after, in 0 .. 1
 * @param difference after less before, in -1 .. 1: negative is better
 * @param interval of the difference
 */
public record RateChange(double before, double after, double difference, Bounds interval) {
  private static final double CONFIDENCE = 0.95;

  /**
   * What was judged in one stretch of time.
   *
   * @param violated of those judged
   * @param judged with a verdict
   */
  public record Stretch(long violated, long judged) {
    public Stretch {
      if (violated < 0 || violated > judged) {
        throw new IllegalArgumentException(
            "needed 0 <= violated <= judged, got %d and %d".formatted(violated, judged));
      }
    }
  }

  /** Of a difference, in -1 .. 1. */
  public record Bounds(double low, double high) {}

  /** What the numbers allow to say. */
  public enum Outcome {
    /** The whole interval is below 0. */
    FELL,
    /** The whole interval is above 0. */
    ROSE,
    /** 0 is within: more data, or no change. */
    NOT_TOLD
  }

  /**
   * From one to the other.
   *
   * @throws IllegalArgumentException if nothing was judged on one side
   */
  public static RateChange of(List<Stretch> before, List<Stretch> after) {
    Side first = Side.of(before);
    Side second = Side.of(after);
    ShareInterval old = first.interval();
    ShareInterval now = second.interval();
    double difference = second.rate - first.rate;
    return new RateChange(
        first.rate,
        second.rate,
        difference,
        new Bounds(
            difference - Math.hypot(second.rate - now.low(), old.high() - first.rate),
            difference + Math.hypot(now.high() - second.rate, first.rate - old.low())));
  }

  /** From one to the other, all units taken to be independent. */
  public static RateChange of(Stretch before, Stretch after) {
    return of(List.of(before), List.of(after));
  }

  public Outcome outcome() {
    if (interval.high() < 0) {
      return Outcome.FELL;
    }
    return interval.low() > 0 ? Outcome.ROSE : Outcome.NOT_TOLD;
  }

  private record Side(double rate, double units) {
    static Side of(List<Stretch> stretches) {
      double violated = 0;
      double judged = 0;
      int stretchesJudged = 0;
      for (Stretch stretch : stretches) {
        violated += stretch.violated();
        judged += stretch.judged();
        stretchesJudged += stretch.judged() > 0 ? 1 : 0;
      }
      if (judged == 0) {
        throw new IllegalArgumentException(
            "needed judged units before and after, got none on one side");
      }
      double rate = violated / judged;
      double together = stretchesJudged < 2 ? 1 : effect(stretches, stretchesJudged, rate, judged);
      return new Side(rate, judged / together);
    }

    /** By how much the rate varies more than if its units were independent; at least 1. */
    private static double effect(List<Stretch> stretches, int n, double rate, double judged) {
      double spread = 0;
      for (Stretch stretch : stretches) {
        double off = stretch.violated() - rate * stretch.judged();
        spread += off * off;
      }
      double independent = rate * (1 - rate) * judged;
      return independent == 0 ? 1 : Math.max(1, spread * n / (n - 1) / independent);
    }

    ShareInterval interval() {
      return ShareInterval.wilson(rate, units, CONFIDENCE);
    }
  }
}
