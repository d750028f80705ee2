package io.assay.assertion.weaklabel;

import io.assay.assertion.statistics.BetaDistribution;
import io.assay.assertion.statistics.ShareInterval;
import java.util.Optional;

/**
 * What reviewers found of the flags of one assertion, or of one kind of correction.
 *
 * @param right errors, or corrections that hold
 * @param wrong flags where there was no error, or corrections that do not hold
 * @param unclear does not count towards the precision
 */
public record Reviews(long right, long wrong, long unclear) {
  /** Of an interval of a precision, unless another is asked for. */
  public static final double CONFIDENCE = 0.90;

  public Reviews {
    if (right < 0 || wrong < 0 || unclear < 0) {
      throw new IllegalArgumentException(
          "needed counts of at least 0, got %d, %d, %d".formatted(right, wrong, unclear));
    }
  }

  public static Reviews none() {
    return new Reviews(0, 0, 0);
  }

  /** With one more. */
  public Reviews with(Finding finding) {
    return switch (finding) {
      case ERROR -> new Reviews(right + 1, wrong, unclear);
      case NO_ERROR -> new Reviews(right, wrong + 1, unclear);
      case UNCLEAR -> new Reviews(right, wrong, unclear + 1);
    };
  }

  /** Both together: of the same assertion, seen by others or at another time. */
  public Reviews plus(Reviews other) {
    return new Reviews(right + other.right, wrong + other.wrong, unclear + other.unclear);
  }

  /** Those that say something of the precision. */
  public long counted() {
    return right + wrong;
  }

  /**
   * What is believed of the precision, beginning with Jeffreys' prior; the prior if none counts.
   */
  public BetaDistribution posterior() {
    return BetaDistribution.jeffreys().after((double) right, (double) wrong);
  }

  /**
   * Between which bounds the precision lies with probability 0.9: the middle of the posterior. An
   * end is 0 or 1 where reviews found nothing on that side (Brown, Cai and DasGupta, 2001), since
   * the precision may well be just that.
   */
  public Optional<ShareInterval> interval() {
    if (counted() == 0) {
      return Optional.empty();
    }
    ShareInterval middle = posterior().interval(CONFIDENCE);
    return Optional.of(
        new ShareInterval(right == 0 ? 0 : middle.low(), wrong == 0 ? 1 : middle.high()));
  }
}
