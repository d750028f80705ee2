package io.assay.web.delivery;

import java.time.Duration;
import java.util.Optional;

/**
 * When a delivery that failed is tried again: each pause is twice as long as the one before.
 *
 * @param attempts after so many a delivery is dead, until a person says otherwise; 1 to 100
 * @param first after the first failure
 * @param longest between two attempts
 */
public record Pauses(int attempts, Duration first, Duration longest) {
  private static final int MOST_ATTEMPTS = 100;

  /**
   * Checked settings.
   *
   * @param prefix of the settings, for messages: {@code assay.labels.webhook}
   */
  public static Pauses of(String prefix, int attempts, Duration first, Duration longest) {
    if (attempts < 1 || attempts > MOST_ATTEMPTS) {
      throw new IllegalArgumentException(
          "%s.attempts needs 1 to %d, got %d".formatted(prefix, MOST_ATTEMPTS, attempts));
    }
    if (!first.isPositive() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "%s needs 0 < first-pause <= longest-pause, got %s and %s"
              .formatted(prefix, first, longest));
    }
    return new Pauses(attempts, first, longest);
  }

  /** How long to wait after so many failures; none: the delivery is dead. */
  public Optional<Duration> after(int failures) {
    if (failures >= attempts) {
      return Optional.empty();
    }
    double wanted = first.toMillis() * Math.pow(2, failures - 1.0);
    return Optional.of(Duration.ofMillis((long) Math.min((double) longest.toMillis(), wanted)));
  }
}
