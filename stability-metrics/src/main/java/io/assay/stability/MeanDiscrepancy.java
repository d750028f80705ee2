package io.assay.stability;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Maximum mean discrepancy (Gretton, Borgwardt, Rasch, Schölkopf, Smola, 2012) of two clouds of
 * vectors, whatever item each belongs to: the square root of the biased estimate, with a Gaussian
 * kernel as wide as the median distance, over at most 500 evenly spaced rows.
 */
final class MeanDiscrepancy {
  private static final int ROWS = 500;

  private MeanDiscrepancy() {}

  static OptionalDouble of(Embedding x, Embedding y) {
    if (x.dimensions() != y.dimensions()) {
      return OptionalDouble.empty();
    }
    int n = Math.min(ROWS, x.rows());
    double[][] points = new double[2 * n][x.dimensions()];
    for (int i = 0; i < n; i++) {
      int row = (int) ((long) x.rows() * i / n);
      x.copyRow(row, points[i]);
      y.copyRow(row, points[n + i]);
    }
    double[][] squares = new double[2 * n][2 * n];
    double[] all = new double[n * (2 * n - 1)];
    int pairs = 0;
    for (int i = 0; i < 2 * n; i++) {
      for (int j = 0; j < i; j++) {
        squares[i][j] = square(points[i], points[j]);
        all[pairs++] = squares[i][j];
      }
    }
    Arrays.sort(all);
    double width = all[all.length / 2];
    return OptionalDouble.of(width == 0 ? 0 : discrepancy(squares, n, width));
  }

  private static double discrepancy(double[][] squares, int n, double width) {
    double sum = 2 * n;
    for (int i = 0; i < 2 * n; i++) {
      for (int j = 0; j < i; j++) {
        boolean same = (i < n) == (j < n);
        sum += (same ? 2 : -2) * Math.exp(-squares[i][j] / (2 * width));
      }
    }
    return Math.sqrt(Math.max(0, sum)) / n;
  }

  private static double square(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      double difference = a[j] - b[j];
      sum += difference * difference;
    }
    return sum;
  }
}
