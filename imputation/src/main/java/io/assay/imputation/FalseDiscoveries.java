package io.assay.imputation;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Keeps the share of wrong claims among many tests low (Benjamini and Hochberg, 1995). */
final class FalseDiscoveries {
  /** At most this share of what is claimed is expected to be wrong. */
  static final double RATE = 0.05;

  private FalseDiscoveries() {}

  /** Of each test the smallest rate at which it would be claimed; 0 to 1. */
  static double[] adjusted(double[] chances) {
    int[] order =
        IntStream.range(0, chances.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> chances[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[chances.length];
    double smallest = 1;
    for (int rank = order.length; rank >= 1; rank--) {
      int test = order[rank - 1];
      smallest = Math.min(smallest, chances[test] * order.length / rank);
      adjusted[test] = smallest;
    }
    return adjusted;
  }
}
