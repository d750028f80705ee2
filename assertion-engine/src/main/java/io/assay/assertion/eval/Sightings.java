package io.assay.assertion.eval;

import java.util.Arrays;

/**
 * In which events an identity was seen, and as which element of their lists. Of too many every
 * second is forgotten: those whose fields a {@link History} drops first.
 */
final class Sightings {
  static final int MOST = 4096;

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
    for (long step = 2; size >= MOST; step *= 2) {
      thin(step);
    }
    if (size == sequences.length) {
      sequences = Arrays.copyOf(sequences, 2 * size);
      elements = Arrays.copyOf(elements, 2 * size);
    }
    sequences[size] = sequence;
    elements[size++] = element;
  }

  private void thin(long step) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0 || sequences[i] % step == 0) {
        sequences[kept] = sequences[i];
        elements[kept++] = elements[i];
      }
    }
    size = kept;
  }

  /** The element in an event; -1 where it was not seen. */
  int elementIn(long sequence) {
    int place = Arrays.binarySearch(sequences, 0, size, sequence);
    return place < 0 ? -1 : elements[place];
  }
}
