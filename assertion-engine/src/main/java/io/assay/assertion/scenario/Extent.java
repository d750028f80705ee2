package io.assay.assertion.scenario;

import io.assay.assertion.event.Event;
import java.util.Set;

/**
 * How much of the past a backtest judges, and by how many hands.
 *
 * @param from event time of the first events judged, nanoseconds since the epoch
 * @param to before this; {@link Long#MAX_VALUE} for no end
 * @param keys those judged; all where it is empty
 * @param jobs keys are divided among so many threads; the answer does not depend on it
 */
public record Extent(long from, long to, Set<String> keys, int jobs) {
  /** A thread has a judge of its own; more than this help nobody. */
  public static final int MOST_JOBS = 256;

  /** All there is, by one thread. */
  public static final Extent ALL = new Extent(Long.MIN_VALUE, Long.MAX_VALUE, Set.of(), 1);

  public Extent {
    keys = Set.copyOf(keys);
    if (from >= to) {
      throw new IllegalArgumentException(
          "a range needs a beginning before its end, got %d and %d".formatted(from, to));
    }
    if (jobs < 1 || jobs > MOST_JOBS) {
      throw new IllegalArgumentException("needs 1 to %d jobs, got %d".formatted(MOST_JOBS, jobs));
    }
  }

  boolean contains(Event event) {
    return event.at() >= from && event.at() < to && (keys.isEmpty() || keys.contains(event.key()));
  }
}
