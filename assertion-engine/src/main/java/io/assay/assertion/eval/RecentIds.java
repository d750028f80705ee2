package io.assay.assertion.eval;

/**
 * Which declared ids a key has had of late: 64-bit hashes in order of arrival.
 *
 * <p>Two different ids of one key share a hash once in some 10^12 events at the most ids kept. At
 * most {@link #MOST} are kept, which takes a key of under 7 events a second through 10 minutes;
 * faster ones are remembered for as long as that lasts.
 */
final class RecentIds {
  static final int MOST = 4096;

  private long[] hashes = new long[4];
  private long[] times = new long[4];
  private int head;
  private int size;

  /** Whether an id was seen; a scan, since few keys have many and arrays scan fast. */
  boolean contains(long hash) {
    for (int i = 0; i < size; i++) {
      if (hashes[(head + i) & (hashes.length - 1)] == hash) {
        return true;
      }
    }
    return false;
  }

  void add(long hash, long at) {
    if (size == MOST) {
      dropOldest();
    } else if (size == hashes.length) {
      grow();
    }
    int slot = (head + size++) & (hashes.length - 1);
    hashes[slot] = hash;
    times[slot] = at;
  }

  private void grow() {
    long[] widerHashes = new long[2 * size];
    long[] widerTimes = new long[2 * size];
    for (int i = 0; i < size; i++) {
      widerHashes[i] = hash(i);
      widerTimes[i] = time(i);
    }
    hashes = widerHashes;
    times = widerTimes;
    head = 0;
  }

  void forgetBefore(long at) {
    while (size > 0 && times[head] < at) {
      dropOldest();
    }
  }

  private void dropOldest() {
    head = (head + 1) & (hashes.length - 1);
    size--;
  }

  int size() {
    return size;
  }

  long hash(int i) {
    return hashes[(head + i) & (hashes.length - 1)];
  }

  long time(int i) {
    return times[(head + i) & (times.length - 1)];
  }
}
