package io.assay.drill;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How long and how heavy a storm is.
 *
 * @param folder empty or missing; everything is kept below it
 * @param rate events a second, each of which violates an assertion
 * @param lasts for how long they are sent
 */
public record StormSettings(Path folder, int rate, Duration lasts) {
  public StormSettings {
    if (rate < 1 || rate > 1_000_000 || lasts.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "a storm needs 1 to 1000000 events a second and a second, got %d and %s"
              .formatted(rate, lasts));
    }
  }

  long events() {
    return rate * lasts.toSeconds();
  }
}
