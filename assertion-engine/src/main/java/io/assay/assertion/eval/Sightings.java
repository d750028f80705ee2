package io.assay.assertion.eval;

import java.util.Arrays;

/** In which events an identity was seen, and as which element of their lists. */
final class Sightings {
  private long[] sequences = new long[2];
  private int[] elements = new int[2];
  private int size;

  int size() {
    return size;
  }

  long sequence(int i) {
    return sequences[i];
  }

  int element(int i) {
    return elements[i];
  }

  void add(long sequence, int element) {
    if (size == sequences.length) {
      sequences = Arrays.copyOf(sequences, 2 * size);
      elements = Arrays.copyOf(elements, 2 * size);
    }
    sequences[size] = sequence;
    elements[size++] = element;
  }

  /** The element in an event; -1 where it was not seen. */
  int elementIn(long sequence) {
    int place = Arrays.binarySearch(sequences, 0, size, sequence);
    return place < 0 ? -1 : elements[place];
  }
}
