package io.assay.drill;

import java.nio.file.Path;
import java.util.List;

/**
 * How long a drill is.
 *
 * @param folder empty or missing; everything is kept below it
 * @param faults of each round, in turn
 */
public record DrillSettings(Path folder, long events, int rounds, List<Fault> faults) {
  /** Fewer would be over before the first fault. */
  public static final long LEAST_EVENTS = 10_000;

  public DrillSettings {
    faults = List.copyOf(faults);
    if (events < LEAST_EVENTS || rounds < 1 || faults.isEmpty()) {
      throw new IllegalArgumentException(
          "a drill needs %d events, one round and one fault or more, got %d, %d and %s"
              .formatted(LEAST_EVENTS, events, rounds, faults));
    }
  }
}
