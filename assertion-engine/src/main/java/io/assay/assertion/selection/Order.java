package io.assay.assertion.selection;

/** A stable sort of numbers by what they stand for, without boxing a million of them. */
final class Order {
  private Order() {}

  /** Compares two of the numbers. */
  interface Comparison {
    int compare(int a, int b);
  }

  /** Merge sort, bottom up; O(n) where they come in order. */
  static void ascending(int[] numbers, Comparison by) {
    if (isSorted(numbers, by)) {
      return;
    }
    boolean swapped = false;
    int[] from = numbers;
    int[] to = new int[numbers.length];
    for (int width = 1; width < numbers.length; width *= 2) {
      for (int start = 0; start < numbers.length; start += 2 * width) {
        int middle = Math.min(start + width, numbers.length);
        merge(from, start, middle, Math.min(middle + width, numbers.length), to, by);
      }
      int[] swap = from;
      from = to;
      to = swap;
      swapped = !swapped;
    }
    if (swapped) {
      System.arraycopy(from, 0, numbers, 0, numbers.length);
    }
  }

  private static boolean isSorted(int[] numbers, Comparison by) {
    for (int i = 1; i < numbers.length; i++) {
      if (by.compare(numbers[i - 1], numbers[i]) > 0) {
        return false;
      }
    }
    return true;
  }

  private static void merge(int[] from, int start, int middle, int end, int[] to, Comparison by) {
    if (middle == end || by.compare(from[middle - 1], from[middle]) <= 0) {
      System.arraycopy(from, start, to, start, end - start);
      return;
    }
    int left = start;
    int right = middle;
    for (int i = start; i < end; i++) {
      boolean takeLeft =
          right == end || (left < middle && by.compare(from[left], from[right]) <= 0);
      to[i] = takeLeft ? from[left++] : from[right++];
    }
  }
}
