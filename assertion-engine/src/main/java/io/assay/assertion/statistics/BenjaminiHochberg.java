package io.assay.assertion.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Keeps the share of false alarms among the alarms at a level when many segments are tested at once
 * (Benjamini and Hochberg, 1995).
 */
public final class BenjaminiHochberg {
  private BenjaminiHochberg() {}

  /**
   * The adjusted p-value of each test: an alarm at level a is where it is at most a.
   *
   * @param pValues of all segments of one closed window, each in 0 .. 1
   */
  public static double[] adjust(double[] pValues) {
    for (double p : pValues) {
      if (!(p >= 0 && p <= 1)) {
        throw new IllegalArgumentException("a p-value lies in 0 .. 1, got " + p);
      }
    }
    int[] falling =
        IntStream.range(0, pValues.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> pValues[i]).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[pValues.length];
    double least = 1;
    for (int i = 0; i < falling.length; i++) {
      int rank = falling.length - i;
      least = Math.min(least, pValues[falling[i]] * falling.length / rank);
      adjusted[falling[i]] = least;
    }
    return adjusted;
  }
}
