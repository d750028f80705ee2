package io.assay.stream.assertions;

/**
 * How far the records of one source partition have been read, by the time at which they were
 * received.
 *
 * <p>While records come, that is what the last ones say. Only where none has come since the last
 * look, and none is left to be read, does the clock on the wall count. A reader that is starved, or
 * that has another partition's backlog before it, reads none for a while, too.
 */
final class Progress {
  private long received = Long.MIN_VALUE;
  private boolean busy = true;

  /** A record was read; milliseconds. */
  void read(long receivedMillis) {
    received = Math.max(received, receivedMillis);
    busy = true;
  }

  /**
   * Looks.
   *
   * @param isAllRead whether the partition had nothing more when it was asked last
   * @return milliseconds; the least there is where nothing is known yet
   */
  long look(long wallClockMillis, boolean isAllRead) {
    received = Math.max(received, busy || !isAllRead ? received : wallClockMillis);
    busy = false;
    return received;
  }
}
