package io.assay.imputation;

import java.util.Arrays;

/**
 * How far guesses of a number were from held-back values, in deviations: split conformal prediction
 * (Vovk, Gammerman, Shafer, 2005).
 */
final class Residuals {
  /** Half a deviation counts as right. */
  private static final double TOLERANCE = 0.5;

  private static final double COVERED = 0.8;

  private final float[] sorted;
  private final double confidence;

  private Residuals(float[] sorted) {
    this.sorted = sorted;
    int near = 0;
    while (near < sorted.length && sorted[near] <= TOLERANCE) {
      near++;
    }
    this.confidence = (near + 0.5) / (sorted.length + 1);
  }

  /**
   * @param distances in any order
   */
  static Residuals of(float[] distances) {
    float[] sorted = distances.clone();
    Arrays.sort(sorted);
    return new Residuals(sorted);
  }

  /** How many cells were held back. */
  int cells() {
    return sorted.length;
  }

  /** The share that was near enough. */
  double confidence() {
    return confidence;
  }

  /** Half the width of an interval that covers; two deviations where too few are known. */
  double reach() {
    int rank = (int) Math.ceil(COVERED * (sorted.length + 1));
    return rank > sorted.length ? 2 : sorted[rank - 1];
  }

  float[] sorted() {
    return sorted.clone();
  }

  /** One as they come, for a draw. */
  double at(double share) {
    return sorted.length == 0 ? 0 : sorted[(int) (share * sorted.length)];
  }
}
