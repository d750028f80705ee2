package io.assay.assertion.eval;

import java.util.List;
import java.util.Optional;

/**
 * What one partition has counted for an assertion over windows since it was last handed on. Made,
 * stored and restored by {@link WindowJudge}; changed by one thread at a time.
 */
public final class WindowPart {
  final List<Panes> groups;

  /** Up to here, this instant not included, no event may come any more that is not late. */
  long clock = Long.MIN_VALUE;

  /** When the first event was; before it, the largest time there is. */
  long began = Long.MAX_VALUE;

  /** Whether there may have been events before the first. */
  Midway midway = Midway.NOT;

  /** It failed in itself and counts no more. */
  boolean failed;

  /** Events since it was last handed on. */
  long events;

  WindowPart(List<Panes> groups) {
    this.groups = List.copyOf(groups);
  }

  /** Event time that the partition has come to, less the stream's lateness. */
  public long clock() {
    return clock;
  }

  /** How its assertion began; empty where it counts from the first event on. */
  public Optional<Midway> midway() {
    return Optional.of(midway).filter(began -> !began.equals(Midway.NOT));
  }

  /** Whether anything was counted since it was last handed on. */
  public boolean isEmpty() {
    return events == 0;
  }

  /** What it has counted is with others. */
  void clear() {
    groups.forEach(Panes::clear);
    events = 0;
  }

  /**
   * Moves the segments of one half to a part that is new; false, and nothing is moved, where there
   * are none to be parted.
   */
  boolean halve(WindowPart half) {
    boolean parted = false;
    for (int i = 0; i < groups.size(); i++) {
      parted |= groups.get(i).halve(half.groups.get(i));
    }
    half.began = began;
    half.midway = midway;
    half.failed = failed;
    return parted;
  }
}
