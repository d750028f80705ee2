package io.assay.imputation;

/**
 * By what scores are divided before they are probabilities, so that held-back cells are right as
 * often as is said (Guo, Pleiss, Sun, Weinberger: <i>On Calibration of Modern Neural Networks</i>,
 * ICML 2017).
 */
final class Temperature {
  private static final double LEAST = 0.2;
  private static final double MOST = 20;
  private static final int STEPS = 60;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  private Temperature() {}

  /**
   * The one that makes the right values most probable.
   *
   * @param scores a row a cell
   * @param right the place of the right one, of each cell
   */
  static double of(float[][] scores, int[] right) {
    double low = StrictMath.log(LEAST);
    double high = StrictMath.log(MOST);
    for (int step = 0; step < STEPS; step++) {
      double left = high - GOLDEN * (high - low);
      double other = low + GOLDEN * (high - low);
      if (loss(scores, right, StrictMath.exp(left)) < loss(scores, right, StrictMath.exp(other))) {
        high = other;
      } else {
        low = left;
      }
    }
    return StrictMath.exp((low + high) / 2);
  }

  private static double loss(float[][] scores, int[] right, double temperature) {
    double loss = 0;
    for (int cell = 0; cell < right.length; cell++) {
      double[] probabilities = probabilities(scores[cell], scores[cell].length, temperature);
      loss -= StrictMath.log(Math.max(1e-300, probabilities[right[cell]]));
    }
    return loss;
  }

  /**
   * @param values how many of the scores count
   */
  static double[] probabilities(float[] scores, int values, double temperature) {
    double[] probabilities = new double[values];
    probabilities(scores, values, temperature, probabilities);
    return probabilities;
  }

  static void probabilities(
      float[] scores, int values, double temperature, double[] probabilities) {
    float most = Float.NEGATIVE_INFINITY;
    for (int v = 0; v < values; v++) {
      most = Math.max(most, scores[v]);
    }
    double sum = 0;
    for (int v = 0; v < values; v++) {
      probabilities[v] = StrictMath.exp((scores[v] - most) / temperature);
      sum += probabilities[v];
    }
    for (int v = 0; v < values; v++) {
      probabilities[v] /= sum;
    }
  }
}
