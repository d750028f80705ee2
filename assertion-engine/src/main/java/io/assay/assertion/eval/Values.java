package io.assay.assertion.eval;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sightings with their values, oldest first; forgotten from the front. */
final class Values {
  /** So many are remembered, whatever a bound allows where time stands still. */
  static final int MOST = 4096;

  private long[] ats = new long[4];
  private long[] indexes = new long[4];
  private long[] sequences = new long[4];
  private int[] elements = new int[4];
  private @Nullable Object[] values = new Object[4];
  private int head;
  private int size;

  int size() {
    return size;
  }

  long at(int i) {
    return ats[head + i];
  }

  long index(int i) {
    return indexes[head + i];
  }

  long sequence(int i) {
    return sequences[head + i];
  }

  int element(int i) {
    return elements[head + i];
  }

  Object value(int i) {
    return Objects.requireNonNull(values[head + i]);
  }

  void pinFirst(Pins pins) {
    if (size > 0) {
      pins.add(sequence(0));
    }
  }

  void add(long at, long index, long sequence, int element, Object value) {
    if (head + size == ats.length) {
      makeRoom();
    }
    int place = head + size++;
    ats[place] = at;
    indexes[place] = index;
    sequences[place] = sequence;
    elements[place] = element;
    values[place] = value;
  }

  /** Moves to the front while at least half is free, else doubles: each sighting moves seldom. */
  private void makeRoom() {
    int length = 2 * size <= ats.length ? ats.length : 2 * ats.length;
    ats = moved(ats, length);
    indexes = moved(indexes, length);
    sequences = moved(sequences, length);
    int[] newElements = new int[length];
    System.arraycopy(elements, head, newElements, 0, size);
    elements = newElements;
    @Nullable Object[] newValues = Arrays.copyOf(new Object[0], length);
    System.arraycopy(values, head, newValues, 0, size);
    values = newValues;
    head = 0;
  }

  private long[] moved(long[] from, int length) {
    long[] to = new long[length];
    System.arraycopy(from, head, to, 0, size);
    return to;
  }

  /** Forgets the oldest of those that are too many. */
  void keep(long most) {
    while (size > most) {
      removeFirst();
    }
  }

  void removeFirst() {
    values[head] = null;
    head++;
    size--;
  }
}
