package io.assay.assertion.eval;

/**
 * An assertion over windows begins while its stream is running: there may have been events before
 * those that it counts, and windows that may have had some are undecided.
 *
 * @param last event time of an event before; the least there is where none is known
 * @param now when it begins, by the clock: events before it came before, and are not newer
 */
public record Midway(long last, long now) {
  /** It counts from the first event on. */
  static final Midway NOT = new Midway(Long.MIN_VALUE, Long.MIN_VALUE);

  /**
   * Up to which event time there may have been events before, this instant included.
   *
   * @param first the least event time that was counted
   * @param lateness so much older than the newest an event may be
   */
  long until(long first, long lateness) {
    return Math.max(last, Math.min(now, first + lateness));
  }
}
