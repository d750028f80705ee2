package io.assay.assertion.selection;

import java.util.Arrays;

/**
 * Draws places 0 .. n - 1 with probability proportional to whole weights, which may be taken out: a
 * Fenwick tree, made in O(n), drawn from and changed in O(log n), exact.
 */
final class Urn {
  private final long[] weights;
  private final long[] sums;
  private final int highest;
  private long total;

  Urn(long[] weights) {
    this.weights = weights.clone();
    this.sums = new long[weights.length + 1];
    this.highest = Integer.highestOneBit(Math.max(1, weights.length));
    for (int i = 1; i <= weights.length; i++) {
      sums[i] += weights[i - 1];
      total += weights[i - 1];
      int parent = i + (i & -i);
      if (parent <= weights.length) {
        sums[parent] += sums[i];
      }
    }
  }

  /** Each of n alike. */
  static Urn ofAlike(int n) {
    long[] ones = new long[n];
    Arrays.fill(ones, 1);
    return new Urn(ones);
  }

  long total() {
    return total;
  }

  long weight(int place) {
    return weights[place];
  }

  void remove(int place) {
    long weight = weights[place];
    weights[place] = 0;
    total -= weight;
    for (int i = place + 1; i < sums.length; i += i & -i) {
      sums[i] -= weight;
    }
  }

  /** Needs a total over 0. */
  int draw(Dice dice) {
    long left = dice.below(total);
    int place = 0;
    for (int step = highest; step > 0; step >>= 1) {
      int next = place + step;
      if (next < sums.length && sums[next] <= left) {
        place = next;
        left -= sums[next];
      }
    }
    return place;
  }
}
