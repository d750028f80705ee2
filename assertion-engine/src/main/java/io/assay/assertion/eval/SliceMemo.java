package io.assay.assertion.eval;

/**
 * What the slices of the last two events of a key came to: an event asks for its own, and a silence
 * for those of the event before. Not stored with the key: it is worked out again.
 */
final class SliceMemo {
  private static final int EVENTS = 2;

  private final long[] sequences = {-1, -1};
  private final int[] values = new int[EVENTS];

  boolean knows(long sequence) {
    return sequences[place(sequence)] == sequence;
  }

  void keep(long sequence, int value) {
    sequences[place(sequence)] = sequence;
    values[place(sequence)] = value;
  }

  /** Of an event that it knows. */
  int of(long sequence) {
    return values[place(sequence)];
  }

  private static int place(long sequence) {
    return (int) (sequence % EVENTS);
  }
}
