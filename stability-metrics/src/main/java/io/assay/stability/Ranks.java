package io.assay.stability;

import java.util.Arrays;
import java.util.Comparator;

/** Spearman's rank correlation; equal values share the mean of their ranks. */
public final class Ranks {
  private Ranks() {}

  /** NaN where one side is all the same. */
  public static double correlation(double[] a, double[] b) {
    if (a.length != b.length || a.length < 2) {
      throw new IllegalArgumentException(
          "a correlation needs two pairs, got %d and %d values".formatted(a.length, b.length));
    }
    double[] left = ranks(a);
    double[] right = ranks(b);
    double middle = (a.length + 1) / 2.0;
    double product = 0;
    double squareA = 0;
    double squareB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (left[i] - middle) * (right[i] - middle);
      squareA += (left[i] - middle) * (left[i] - middle);
      squareB += (right[i] - middle) * (right[i] - middle);
    }
    return product / Math.sqrt(squareA * squareB);
  }

  private static double[] ranks(double[] values) {
    Integer[] order = new Integer[values.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    double[] ranks = new double[values.length];
    int from = 0;
    while (from < order.length) {
      int to = from;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + to + 1) / 2.0;
      }
      from = to;
    }
    return ranks;
  }
}
