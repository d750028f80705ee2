package io.assay.assertion.scenario;

import java.util.OptionalDouble;

/**
 * How many violations come of what an assertion looked at. A rate cannot tell a life that flickers
 * once from one that flickers ten times; this can.
 *
 * @param violations all of them
 * @param looked elements that passed {@code where}, or events where there is no {@code each}
 */
public record Frequency(long violations, long looked) {
  public Frequency {
    if (violations < 0 || looked < 0) {
      throw new IllegalArgumentException(
          "needed counts of 0 or more, got %d, %d".formatted(violations, looked));
    }
  }

  /** Of one; may be more than 1. Nothing where nothing was looked at. */
  public OptionalDouble value() {
    return looked == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) violations / looked);
  }
}
