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

  /** All rows at length 1, or zero. */
  static Embedding of(Embedding embedding) {
    var builder = Embedding.builder(embedding.dimensions());
    double[] row = new double[embedding.dimensions()];
    for (int i = 0; i < embedding.rows(); i++) {
      embedding.copyRow(i, row);
      normalise(row);
      builder.add(row);
    }
    return builder.build();
  }
}
