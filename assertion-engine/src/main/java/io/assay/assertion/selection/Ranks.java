package io.assay.assertion.selection;

import java.util.Arrays;

/** The ranks of numbers, from 1 for the least. */
final class Ranks {
  private Ranks() {}

  /** Doubled, so that a mean of ranks is whole; sorts a copy and looks each up, O(n log n). */
  static long[] doubled(double[] values, Strategy.Ties ties) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int[] equalsBefore = new int[values.length];
    long[] ranks = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      int first = lowerBound(sorted, values[i]);
      ranks[i] =
          switch (ties) {
            case SHARE -> first + lowerBound(sorted, Math.nextUp(values[i])) + 1L;
            case BY_ORDER -> 2L * (first + ++equalsBefore[first]);
          };
    }
    return ranks;
  }

  /** How many are less. */
  private static int lowerBound(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
