package io.assay.assertion.scenario;

import io.assay.assertion.rule.Learned;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleConsumer;

/**
 * Values of an expression: all of them up to a hundred thousand, then as many of them at random,
 * each with the same chance, the same in every run over the same values.
 *
 * <p>A percentile of so many is off by a third of a percent at most, nineteen times of twenty.
 */
final class Sample implements DoubleConsumer {
  private static final int MOST = 100_000;

  private final SplittableRandom random = new SplittableRandom(1);
  private double[] values = new double[1024];
  private long count;
  private double least = Double.POSITIVE_INFINITY;
  private double greatest = Double.NEGATIVE_INFINITY;

  @Override
  public void accept(double value) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
    long place = count < MOST ? count : random.nextLong(count + 1);
    count++;
    if (place < MOST) {
      if (place == values.length) {
        values = Arrays.copyOf(values, Math.min(MOST, 2 * values.length));
      }
      // Zeros of both signs are one value, and would not be written as one.
      values[(int) place] = value + 0.0;
    }
  }

  long count() {
    return count;
  }

  /** There are as many as {@link Learned#FEWEST}. */
  Learned learned(String assertion, String expression, String of, String basis) {
    double[] sorted = Arrays.copyOf(values, (int) Math.min(count, MOST));
    Arrays.sort(sorted);
    List<Double> percentiles = new ArrayList<>();
    for (int percent = 1; percent <= Learned.PERCENTILES; percent++) {
      percentiles.add(quantile(sorted, percent));
    }
    double low = percentiles.getFirst();
    double high = percentiles.getLast();
    return new Learned(
        assertion,
        expression,
        of,
        basis,
        count,
        least + 0.0,
        greatest + 0.0,
        Arrays.stream(sorted).filter(v -> v < low).map(v -> low - v).average().orElse(0),
        Arrays.stream(sorted).filter(v -> v > high).map(v -> v - high).average().orElse(0),
        percentiles);
  }

  /** A value that there was, so that the file can be read. */
  private static double quantile(double[] sorted, int percent) {
    return sorted[(int) Math.round(percent / 100.0 * (sorted.length - 1))];
  }
}
