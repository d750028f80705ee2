package io.assay.assertion.selection;

import java.util.function.IntPredicate;
import java.util.function.IntSupplier;

/**
 * Numbers in descending order of what they are worth, equal ones in the order of the numbers;
 * sorted only as far as one has looked, from a heap: few are ever looked at. Those at the head that
 * are gone are passed over for good.
 */
final class Line {
  private final int[] sorted;
  private final int[] heap;
  private final double[] worth;
  private int known;
  private int left;
  private int head;

  /**
   * O(n).
   *
   * @param worth by number
   */
  Line(int[] numbers, double[] worth) {
    this.sorted = new int[numbers.length];
    this.heap = numbers.clone();
    this.worth = worth;
    this.left = numbers.length;
    for (int i = left / 2 - 1; i >= 0; i--) {
      sink(i);
    }
  }

  /** Gives those that are live, from the first; then -1. */
  IntSupplier walk(IntPredicate live) {
    while (head < sorted.length && !live.test(at(head))) {
      head++;
    }
    return new IntSupplier() {
      private int next = head;

      @Override
      public int getAsInt() {
        while (next < sorted.length && !live.test(at(next))) {
          next++;
        }
        return next < sorted.length ? at(next++) : -1;
      }
    };
  }

  private int at(int place) {
    while (known <= place) {
      sorted[known++] = heap[0];
      heap[0] = heap[--left];
      sink(0);
    }
    return sorted[place];
  }

  private void sink(int from) {
    int place = from;
    while (true) {
      int first = place;
      for (int child = 2 * place + 1; child <= 2 * place + 2 && child < left; child++) {
        if (comesFirst(heap[child], heap[first])) {
          first = child;
        }
      }
      if (first == place) {
        return;
      }
      int swap = heap[place];
      heap[place] = heap[first];
      heap[first] = swap;
      place = first;
    }
  }

  private boolean comesFirst(int a, int b) {
    return worth[a] > worth[b] || (worth[a] == worth[b] && a < b);
  }
}
