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

  /**
   * Stretches added up: all that is asked of them. Whole numbers, which doubles have exactly up to
   * 9e15.
   *
   * @param stretches in which anything was judged
   * @param violated in all of them, of {@code judged}
   * @param violatedSquares sum of the squares of violated; likewise {@code judgedSquares}
   * @param products sum of violated times judged
   */
  public record Sums(
      long stretches,
      double violated,
      double judged,
      double violatedSquares,
      double products,
      double judgedSquares) {
    static Sums of(List<Stretch> all) {
      long stretches = 0;
      double violated = 0;
      double judged = 0;
      double violatedSquares = 0;
      double products = 0;
      double judgedSquares = 0;
      for (Stretch one : all) {
        stretches += one.judged() > 0 ? 1 : 0;
        violated += one.violated();
        judged += one.judged();
        violatedSquares += (double) one.violated() * one.violated();
        products += (double) one.violated() * one.judged();
        judgedSquares += (double) one.judged() * one.judged();
      }
      return new Sums(stretches, violated, judged, violatedSquares, products, judgedSquares);
    }

    /** Sum of the squares of violated less rate times judged. */
    private double spread(double rate) {
      return Math.max(0, violatedSquares - 2 * rate * products + rate * rate * judgedSquares);
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
    return of(Sums.of(before), Sums.of(after));
  }

  /**
   * From one to the other, of stretches that were added up where they are stored.
   *
   * @throws IllegalArgumentException if nothing was judged on one side
   */
  public static RateChange of(Sums before, Sums after) {
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
    static Side of(Sums sums) {
      if (sums.judged() == 0) {
        throw new IllegalArgumentException(
            "needed judged units before and after, got none on one side");
      }
      double rate = sums.violated() / sums.judged();
      double together = sums.stretches() < 2 ? 1 : effect(sums, rate);
      return new Side(rate, sums.judged() / together);
    }

    /** By how much the rate varies more than if its units were independent; at least 1. */
    private static double effect(Sums sums, double rate) {
      double spread = sums.spread(rate);
      double independent = rate * (1 - rate) * sums.judged();
      long n = sums.stretches();
      return independent == 0 ? 1 : Math.max(1, spread * n / (n - 1) / independent);
    }

    ShareInterval interval() {
      return ShareInterval.wilson(rate, units, CONFIDENCE);
    }
  }
}
