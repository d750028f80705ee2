package io.assay.assertion.selection;

import java.util.SplittableRandom;

/**
 * Chance, replayable: only SplitMix64's raw numbers are taken, so that no release of Java that
 * draws bounded numbers in another way changes a pick.
 */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed, int round) {
    this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + round);
  }

  /** In 0 (included) .. 1 (excluded). */
  double next() {
    return (random.nextLong() >>> 11) * 0x1p-53;
  }

  /** In 0 .. bound - 1; bounds are far under 2^53, so that what is lost by rounding is nothing. */
  long below(long bound) {
    return (long) (next() * bound);
  }
}
