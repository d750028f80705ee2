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

  /** One by the length of each row, 0 of a row of zeros. */
  static double[] inverseLengths(Embedding embedding) {
    double[] inverse = new double[embedding.rows()];
    double[] row = new double[embedding.dimensions()];
    for (int i = 0; i < inverse.length; i++) {
      embedding.copyRow(i, row);
      double length = length(row);
      inverse[i] = length == 0 ? 0 : 1 / length;
    }
    return inverse;
  }

  /** Squares are summed as they are unless they leave the range of a double. */
  private static double length(double[] row) {
    double even = 0;
    double odd = row.length % 2 == 0 ? 0 : row[row.length - 1] * row[row.length - 1];
    for (int j = 0; j + 1 < row.length; j += 2) {
      even += row[j] * row[j];
      odd += row[j + 1] * row[j + 1];
    }
    double sum = even + odd;
    return sum > 1e-280 && sum < 1e280 ? Math.sqrt(sum) : normalise(row.clone());
  }
}
