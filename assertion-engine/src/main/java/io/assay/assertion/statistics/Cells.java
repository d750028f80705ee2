package io.assay.assertion.statistics;

import java.util.Arrays;

/** Counts under keys: a hash table of longs without boxes. */
final class Cells {
  private static final int SMALLEST = 16;

  private long[] keys;
  private long[] counts;
  private int size;

  Cells() {
    this(SMALLEST);
  }

  private Cells(int slots) {
    keys = new long[slots];
    counts = new long[slots];
  }

  int size() {
    return size;
  }

  /**
   * @param count above 0
   */
  void add(long key, long count) {
    int at = slot(key);
    if (counts[at] == 0) {
      keys[at] = key;
      size++;
    }
    counts[at] += count;
    if (2 * size > keys.length) {
      grow();
    }
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int at = (int) Mixing.mix(key) & mask;
    while (counts[at] != 0 && keys[at] != key) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    var wider = new Cells(2 * keys.length);
    for (int i = 0; i < keys.length; i++) {
      if (counts[i] != 0) {
        int at = wider.slot(keys[i]);
        wider.keys[at] = keys[i];
        wider.counts[at] = counts[i];
      }
    }
    keys = wider.keys;
    counts = wider.counts;
  }

  /** 0 where there is none. */
  long count(long key) {
    return counts[slot(key)];
  }

  long[] sortedKeys() {
    long[] sorted = new long[size];
    int next = 0;
    for (int i = 0; i < keys.length; i++) {
      if (counts[i] != 0) {
        sorted[next++] = keys[i];
      }
    }
    Arrays.sort(sorted);
    return sorted;
  }
}
