package io.assay.stability;

/** Vectors without their lengths. */
final class Directions {
  private Directions() {}

  /** Divides by the length, which is returned; a vector of zeros stays. */
  static double normalise(double[] vector) {
    double max = 0;
    for (double value : vector) {
      max = Math.max(max, Math.abs(value));
    }
    if (max == 0) {
      return 0;
    }
    double sum = 0;
    for (int j = 0; j < vector.length; j++) {
      vector[j] /= max;
      sum += vector[j] * vector[j];
    }
    double length = Math.sqrt(sum);
    for (int j = 0; j < vector.length; j++) {
      vector[j] /= length;
    }
    return max * length;
  }
}
