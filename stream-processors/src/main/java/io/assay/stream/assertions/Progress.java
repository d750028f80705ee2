package io.assay.stream.assertions;

/**
 * How far the records of one source partition have been read, by the time at which they were
 * received.
 *
 * <p>While records come, that is what the last ones say. Only where none has come since the last
 * look does the clock on the wall count: then all that there was has been read.
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
   * @return milliseconds; the least there is where nothing is known yet
   */
  long look(long wallClockMillis) {
    received = Math.max(received, busy ? received : wallClockMillis);
    busy = false;
    return received;
  }
}
