package io.assay.imputation;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How far guesses of a number, or of a group of them, were from held-back values, in deviations:
 * split conformal prediction (Vovk, Gammerman, Shafer, 2005). Of a group, how far the farthest was.
 */
final class Residuals {
  /** Half a deviation counts as right. */
  private static final double TOLERANCE = 0.5;

  private static final double COVERED = 0.8;

  private final float[] errors;
  private final int dimensions;
  private final float[] sorted;
  private final double confidence;

  private Residuals(float[] errors, int dimensions) {
    this.errors = errors;
    this.dimensions = dimensions;
    this.sorted = new float[errors.length / dimensions];
    for (int i = 0; i < errors.length; i++) {
      sorted[i / dimensions] = Math.max(sorted[i / dimensions], Math.abs(errors[i]));
    }
    Arrays.sort(sorted);
    int near = 0;
    while (near < sorted.length && sorted[near] <= TOLERANCE) {
      near++;
    }
    this.confidence = (near + 0.5) / (sorted.length + 1);
  }

  /**
   * @param errors what was true less what was guessed, cell after cell
   * @param dimensions of a cell, 1 of a number alone
   */
  static Residuals of(float[] errors, int dimensions) {
    return new Residuals(errors.clone(), dimensions);
  }

  /** Of which nothing is known. */
  static Residuals none(int dimensions) {
    return new Residuals(new float[0], Math.max(1, dimensions));
  }

  /** As earlier versions wrote them, without a direction: every other one is said to be below. */
  static Residuals ofDistances(float[] distances, int dimensions) {
    int each = Math.max(1, dimensions);
    float[] errors = new float[distances.length * each];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = i / each % 2 == 0 ? distances[i / each] : -distances[i / each];
    }
    return new Residuals(errors, each);
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

  float[] errors() {
    return errors.clone();
  }

  /** Moves a guess by the error of a held-back cell, any of them; of a normal one without any. */
  void move(float[] guess, SplittableRandom random) {
    int cell = sorted.length == 0 ? 0 : random.nextInt(sorted.length);
    for (int d = 0; d < dimensions; d++) {
      guess[d] +=
          sorted.length == 0 ? (float) random.nextGaussian() : errors[cell * dimensions + d];
    }
  }
}
