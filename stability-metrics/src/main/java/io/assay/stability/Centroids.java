package io.assay.stability;

import java.util.OptionalDouble;

/**
 * What drift monitors look at: how far the mean vector went. It sees rotations, which harm nobody.
 */
final class Centroids {
  private Centroids() {}

  static OptionalDouble distance(Embedding x, Embedding y) {
    int d = x.dimensions();
    if (y.dimensions() != d) {
      return OptionalDouble.empty();
    }
    double[] mean = new double[d];
    double[] left = new double[d];
    double[] right = new double[d];
    for (int i = 0; i < x.rows(); i++) {
      x.copyRow(i, left);
      y.copyRow(i, right);
      for (int j = 0; j < d; j++) {
        mean[j] += (left[j] - right[j] - mean[j]) / (i + 1);
      }
    }
    return OptionalDouble.of(Directions.normalise(mean));
  }
}
