package io.assay.assertion.scenario;

import java.util.OptionalDouble;

/**
 * How often an assertion is violated, in the units of its kind.
 *
 * @param violated of those judged
 * @param judged with a verdict
 * @param undecided without one: evidence was missing
 */
public record Rate(long violated, long judged, long undecided) {
  public Rate {
    if (violated < 0 || violated > judged || undecided < 0) {
      throw new IllegalArgumentException(
          "needed 0 <= violated <= judged and undecided >= 0, got %d, %d, %d"
              .formatted(violated, judged, undecided));
    }
  }

  /** Violated by judged, in 0 .. 1; nothing where nothing was judged. */
  public OptionalDouble value() {
    return judged == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) violated / judged);
  }

  /** Undecided by all, in 0 .. 1; 0 where there was no unit. */
  public double undecidedShare() {
    return undecided == 0 ? 0 : (double) undecided / (judged + undecided);
  }
}
