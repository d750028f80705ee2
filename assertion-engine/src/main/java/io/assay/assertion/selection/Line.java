package io.assay.assertion.selection;

import java.util.function.IntPredicate;
import java.util.function.IntSupplier;

/** Numbers in an order that is fixed; those at its head that are gone are passed over for good. */
final class Line {
  private final int[] numbers;
  private int head;

  Line(int[] numbers) {
    this.numbers = numbers;
  }

  /** Gives those that are live, from the first; then -1. */
  IntSupplier walk(IntPredicate live) {
    while (head < numbers.length && !live.test(numbers[head])) {
      head++;
    }
    return new IntSupplier() {
      private int next = head;

      @Override
      public int getAsInt() {
        while (next < numbers.length && !live.test(numbers[next])) {
          next++;
        }
        return next < numbers.length ? numbers[next++] : -1;
      }
    };
  }
}
