package io.assay.assertion.eval;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What is known of the open windows of an assertion, of all partitions together. Made, stored and
 * restored by {@link WindowJudge}; changed by one thread at a time.
 */
public final class WindowState {
  /** How far each partition has come. */
  final NavigableMap<Integer, Heard> partitions = new TreeMap<>();

  final List<Panes> groups;
  final WindowEpisodes episodes = new WindowEpisodes();

  /** Windows that end up to here are judged. */
  long closed = Long.MIN_VALUE;

  /** When the first event of all was; before it, the largest time there is. */
  long began = Long.MAX_VALUE;

  /** It failed in itself and judges no more. */
  boolean failed;

  /**
   * How far a partition has come.
   *
   * @param clock event time, less the lateness
   * @param spoke when it had an event last, by the time of arrivals
   * @param read up to which arrivals it has been read
   */
  record Heard(long clock, long spoke, long read) {
    Heard with(long reached, long received, boolean hasSpoken) {
      long now = Math.max(read, received);
      boolean speaks = hasSpoken || reached > clock;
      return new Heard(Math.max(clock, reached), speaks ? now : spoke, now);
    }

    long silent() {
      return read - spoke;
    }
  }

  WindowState(List<Panes> groups) {
    this.groups = List.copyOf(groups);
  }

  /** Up to which event time windows are judged; the least there is before the first. */
  public long closed() {
    return closed;
  }
}
