package io.assay.assertion.eval;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sightings with their values, oldest first; forgotten from the front. */
final class Values {
  /** So many are remembered, whatever a bound allows where time stands still. */
  static final int MOST = 4096;

  /** Of each sighting its time, its index, its event and its element. */
  private static final int WIDTH = 4;

  private long[] numbers = new long[4 * WIDTH];
  private @Nullable Object[] values = new Object[4];
  private int head;
  private int size;

  /** So many, the last among them, have equal values. */
  private int alike;

  int size() {
    return size;
  }

  /** How many values, back from the last one, are equal to it. */
  int alike() {
    return alike;
  }

  long at(int i) {
    return numbers[(head + i) * WIDTH];
  }

  long index(int i) {
    return numbers[(head + i) * WIDTH + 1];
  }

  long sequence(int i) {
    return numbers[(head + i) * WIDTH + 2];
  }

  int element(int i) {
    return (int) numbers[(head + i) * WIDTH + 3];
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
    if (head + size == values.length) {
      makeRoom();
    }
    alike = size > 0 && value.equals(value(size - 1)) ? alike + 1 : 1;
    int place = head + size++;
    numbers[place * WIDTH] = at;
    numbers[place * WIDTH + 1] = index;
    numbers[place * WIDTH + 2] = sequence;
    numbers[place * WIDTH + 3] = element;
    values[place] = value;
  }

  /** Moves to the front while at least half is free, else doubles: each sighting moves seldom. */
  private void makeRoom() {
    if (2 * size <= values.length) {
      System.arraycopy(numbers, head * WIDTH, numbers, 0, size * WIDTH);
      System.arraycopy(values, head, values, 0, size);
      Arrays.fill(values, size, head + size, null);
      head = 0;
      return;
    }
    int length = 2 * values.length;
    long[] newNumbers = new long[length * WIDTH];
    System.arraycopy(numbers, head * WIDTH, newNumbers, 0, size * WIDTH);
    numbers = newNumbers;
    @Nullable Object[] newValues = Arrays.copyOf(new Object[0], length);
    System.arraycopy(values, head, newValues, 0, size);
    values = newValues;
    head = 0;
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
    alike = Math.min(alike, size);
  }
}
