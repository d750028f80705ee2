package io.assay.bench.learning;

/** Brings columns to mean 0 and deviation 1. */
final class Scale {
  private final double[] mean;
  private final double[] deviation;

  private Scale(double[] mean, double[] deviation) {
    this.mean = mean;
    this.deviation = deviation;
  }

  static Scale of(double[][] rows) {
    int columns = rows[0].length;
    double[] mean = new double[columns];
    double[] deviation = new double[columns];
    for (int j = 0; j < columns; j++) {
      for (double[] row : rows) {
        mean[j] += row[j] / rows.length;
      }
      for (double[] row : rows) {
        deviation[j] += (row[j] - mean[j]) * (row[j] - mean[j]) / rows.length;
      }
      deviation[j] = Math.sqrt(deviation[j]);
    }
    return new Scale(mean, deviation);
  }

  double[] apply(double[] row) {
    double[] scaled = new double[row.length];
    for (int j = 0; j < row.length; j++) {
      scaled[j] = (row[j] - mean[j]) / deviation[j];
    }
    return scaled;
  }
}
