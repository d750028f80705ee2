package io.assay.assertion.alert;

import java.time.Duration;

/**
 * How patient an alert is.
 *
 * @param lasting {@code for}: its condition must be true so long before it fires; 0 for at once
 * @param keep it fires so long after its condition was true last; 0 for not
 * @param longestGap between two looks; of a longer one nobody knows what was in it, so that it
 *     counts as no time
 */
public record AlertTerms(Duration lasting, Duration keep, Duration longestGap) {
  public AlertTerms {
    if (lasting.isNegative() || keep.isNegative() || !longestGap.isPositive()) {
      throw new IllegalArgumentException(
          "an alert needs for >= 0, keep >= 0 and a longest gap, got %s, %s and %s"
              .formatted(lasting, keep, longestGap));
    }
  }
}
