package io.assay.simulate;

import java.time.Duration;

/**
 * What a lender's simulated day is made of.
 *
 * @param seed the same gives the same events
 * @param anchor epoch milliseconds that changes are told from: what came before is the past
 * @param perMinute applications a minute, over a day's mean
 */
public record CreditSettings(long seed, long anchor, double perMinute) {
  /** So long before the anchor, the new version of the model answers alone. */
  static final Duration CHANGED = Duration.ofHours(20);

  /** So long before that it has answered beside the old one. */
  static final Duration COMPARED = Duration.ofHours(4);

  /** So long before the anchor, the east begins to change. */
  static final Duration DRIFTED = Duration.ofHours(9);

  /** After which a debit is certain to have come back, or not to. */
  public static final Duration TRUTH_WITHIN = Duration.ofHours(4);

  public CreditSettings {
    if (!(perMinute > 0 && perMinute <= 600)) {
      throw new IllegalArgumentException(
          "a lender needs above 0 and at most 600 applications a minute, got " + perMinute);
    }
  }

  boolean isOldAnswering(long at) {
    return at < anchor - CHANGED.toMillis();
  }

  boolean isNewAnswering(long at) {
    return at >= anchor - CHANGED.plus(COMPARED).toMillis();
  }

  boolean hasDrifted(long at) {
    return at >= anchor - DRIFTED.toMillis();
  }
}
