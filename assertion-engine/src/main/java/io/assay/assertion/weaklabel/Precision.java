package io.assay.assertion.weaklabel;

import io.assay.assertion.statistics.ShareInterval;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How often an assertion's flags are errors, or corrections of one kind are what the output should
 * have been; and who says so. A correction counts as a label by that much.
 */
public sealed interface Precision {
  /** By people. The value is the mean of the posterior, the interval its middle 90 %. */
  record Reviewed(double value, ShareInterval interval, Reviews reviews) implements Precision {
    public Reviewed {
      requireShare(value);
    }
  }

  /**
   * By the label model, from agreement alone: no one has looked yet. It can be several points off
   * where voters err together, and no interval of it says so, hence none is given.
   *
   * @param value in 0 .. 1
   * @param items on how many items the voter said something
   */
  record Estimated(double value, long items) implements Precision {
    public Estimated {
      requireShare(value);
      if (items < 0) {
        throw new IllegalArgumentException("needed a count of at least 0, got " + items);
      }
    }
  }

  /** Nobody has looked, and no other voter says anything of the same items. */
  record Unknown() implements Precision {}

  /** By reviews as soon as one counts; the label model's estimate before. */
  static Precision of(Reviews reviews, Precision before) {
    return reviews
        .interval()
        .<Precision>map(interval -> new Reviewed(reviews.posterior().mean(), interval, reviews))
        .orElse(before);
  }

  /** By reviews alone. */
  static Precision of(Reviews reviews) {
    return of(reviews, new Unknown());
  }

  /** The likeliest share, in 0 .. 1; nothing where nothing is known. */
  default OptionalDouble share() {
    return switch (this) {
      case Reviewed reviewed -> OptionalDouble.of(reviewed.value());
      case Estimated estimated -> OptionalDouble.of(estimated.value());
      case Unknown ignored -> OptionalDouble.empty();
    };
  }

  /** Who says so, as exports and programs read it; nothing where nothing is known. */
  default Optional<String> source() {
    return switch (this) {
      case Reviewed ignored -> Optional.of("reviews");
      case Estimated ignored -> Optional.of("estimated");
      case Unknown ignored -> Optional.empty();
    };
  }

  private static void requireShare(double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("needed a share in 0 .. 1, got " + value);
    }
  }
}
