package io.assay.assertion.statistics;

import java.util.Arrays;
import java.util.OptionalDouble;

/** Counted numbers in order, each cell from the least to the largest number it may hold. */
public final class SortedCounts {
  private final int level;
  private final long[] keys;
  private final long[] counts;
  private final long total;

  SortedCounts(int level, long[] keys, long[] counts, long total) {
    this.level = level;
    this.keys = keys;
    this.counts = counts;
    this.total = total;
  }

  /** Between which numbers a true value lies, both included. */
  public record Bounds(double low, double high) {}

  int size() {
    return keys.length;
  }

  int level() {
    return level;
  }

  long key(int index) {
    return keys[index];
  }

  long count(int index) {
    return counts[index];
  }

  /** In cells as wide as those of a level that is not below its own. */
  SortedCounts atLevel(int higher) {
    if (higher == level) {
      return this;
    }
    long[] merged = new long[keys.length];
    long[] sums = new long[keys.length];
    int size = 0;
    for (int i = 0; i < keys.length; i++) {
      long key = keys[i] >> (higher - level);
      if (size == 0 || merged[size - 1] != key) {
        merged[size++] = key;
      }
      sums[size - 1] += counts[i];
    }
    return new SortedCounts(higher, Arrays.copyOf(merged, size), Arrays.copyOf(sums, size), total);
  }

  Bounds cell(int index) {
    long low = keys[index] << level;
    return new Bounds(Ordered.value(low), Ordered.value(low | ((1L << level) - 1)));
  }

  OptionalDouble quantile(double q) {
    if (total == 0) {
      return OptionalDouble.empty();
    }
    Bounds bounds = bounds(q);
    return OptionalDouble.of(
        bounds.low() == bounds.high() ? bounds.low() : bounds.low() / 2 + bounds.high() / 2);
  }

  /**
   * Where the true quantile lies for certain: the least number that q of all do not exceed (the
   * first definition of Hyndman and Fan, 1996).
   */
  public Bounds bounds(double q) {
    if (!(q >= 0 && q <= 1) || total == 0) {
      throw new IllegalArgumentException(
          "a quantile needs q in 0 .. 1 and a number, got %s of %d".formatted(q, total));
    }
    long rank = Math.max(1, Math.min(total, (long) Math.ceil(q * total)));
    long below = 0;
    int index = 0;
    while (below + counts[index] < rank) {
      below += counts[index];
      index++;
    }
    return cell(index);
  }

  /** The largest share of all numbers in one cell: how far off a rank may be. */
  public double rankError() {
    if (level == 0 || total == 0) {
      return 0;
    }
    long most = 0;
    for (long count : counts) {
      most = Math.max(most, count);
    }
    return (double) most / total;
  }
}
