package io.assay.assertion.selection;

/** How samples are chosen. */
public sealed interface Strategy {
  /** A strategy that needs no assertion, which BAL may fall back to. */
  sealed interface Baseline extends Strategy {
    From from();
  }

  /**
   * BAL: Kang et al., <i>Model Assertions</i>, Algorithm 2. The assertions whose rate has fallen
   * most since the last round are drawn from most.
   *
   * @param uniformShare of what it chooses, drawn from each assertion alike, first; in 0 .. 1
   * @param threshold gains (in 0 .. 1) under which nothing has been gained; when all are, it falls
   *     back
   * @param ties how candidates of equal severity rank
   * @param fallback when nothing was gained, or nothing is left of what gained
   */
  record Bandit(double uniformShare, double threshold, Ties ties, Baseline fallback)
      implements Strategy {
    public Bandit {
      requireShare("uniformShare", uniformShare);
      requireShare("threshold", threshold);
    }

    /** A quarter of each assertion alike, and 1 %, as in the paper. */
    public static Bandit fallingBackTo(Baseline fallback) {
      return new Bandit(0.25, 0.01, Ties.SHARE, fallback);
    }
  }

  /** Each alike. */
  record Random(From from) implements Baseline {}

  /**
   * Those of which the model was least sure, first. Of what has no probabilities nothing is known:
   * it is drawn at random, when nothing else is left.
   */
  record Uncertain(Measure measure, From from) implements Baseline {}

  /** Each assertion alike, and each of its candidates alike. */
  record Uniform() implements Strategy {}

  /**
   * The most severe first. Severities of two assertions do not compare, so candidates go by the
   * share of their own assertion's candidates that they reach or exceed.
   */
  record Severe() implements Strategy {}

  /** What is drawn from. */
  enum From {
    /** What some assertion has flagged. */
    FLAGGED,
    /** Everything, flagged or not. */
    ALL
  }

  /** How unsure a model is. */
  enum Measure {
    /** One less the largest probability. */
    LEAST_CONFIDENT,
    /** One less the distance of the two largest. */
    MARGIN,
    /** Shannon's, as a share of the largest possible. */
    ENTROPY
  }

  /** How candidates of equal severity rank. */
  enum Ties {
    /** All get the mean of their ranks: of a Boolean assertion, each is as likely. */
    SHARE,
    /** The later, the higher, as a stable sort leaves them. */
    BY_ORDER
  }

  private static void requireShare(String what, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("%s is in 0 .. 1, got %s".formatted(what, share));
    }
  }
}
