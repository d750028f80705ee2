package io.assay.assertion.eval;

import java.util.Arrays;

/** Single events that must stay, with their fields. */
final class Pins {
  private long[] sequences = new long[16];
  private int size;
  private boolean sorted = true;

  void clear() {
    size = 0;
    sorted = true;
  }

  void add(long sequence) {
    if (size == sequences.length) {
      sequences = Arrays.copyOf(sequences, 2 * size);
    }
    sequences[size++] = sequence;
    sorted = false;
  }

  boolean contains(long sequence) {
    if (!sorted) {
      Arrays.sort(sequences, 0, size);
      sorted = true;
    }
    return Arrays.binarySearch(sequences, 0, size, sequence) >= 0;
  }
}
