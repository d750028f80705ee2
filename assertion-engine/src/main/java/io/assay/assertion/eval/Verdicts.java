package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.event.Event;

/** Receives what judging an event brings forth, in order. */
public interface Verdicts {
  /** A violation was found. */
  void violation(Violation violation);

  /**
   * Adds to a count.
   *
   * @param assertion name of the assertion
   * @param expectation name or index of the expectation; empty for kinds with one verdict
   * @param minute event-time minute since the epoch
   */
  void count(String assertion, String expectation, Tally tally, long minute, long by);

  /**
   * Adds to a count of a stream that declares slices: to what was judged, violated or undecided.
   *
   * @param slices which the event is in, as {@link io.assay.assertion.SliceValue} puts them
   *     together
   */
  default void count(
      String assertion, String expectation, Tally tally, long minute, long by, int slices) {
    count(assertion, expectation, tally, minute, by);
  }

  /**
   * A key is silent for too long, and is until it is said to {@link #speaks speak}: time that
   * passes has told, not the event that ended it.
   *
   * @param violation that was told of it
   * @param received since when it is too long by the clock of arrivals, nanoseconds since the
   *     epoch; the least there is where nobody knows when its last event was received
   */
  default void silent(Violation violation, long received) {}

  /**
   * A key is not silent, whatever was said of it before. Said of the first event that the assertion
   * remembers of the key, and of one that ends a silence; not of others.
   *
   * @param at event time of the event, nanoseconds since the epoch
   */
  default void speaks(String assertion, String key, long at) {}

  /**
   * Says why a unit was left undecided; it is counted by itself.
   *
   * @param at event time of the event that was being judged
   * @param reason one clause: {@code camera.weather is missing}
   */
  default void undecided(String assertion, String expectation, long at, String reason) {}

  /**
   * A window is over and waits for truth; what is estimated until then.
   *
   * @param at the window's end
   * @param what how much is missing, until when it may come, and the estimates, marked as such
   */
  default void waits(String assertion, String expectation, long at, String what) {}

  /** Whether figures of windows are wanted: working them out takes time. */
  default boolean takesFigures() {
    return false;
  }

  /** What the statistics of a segment of a window came to; told where figures are wanted. */
  default void figures(WindowFigures figures) {}

  /** What became of a truth of a stream, by its name and the id that it is of. */
  default void truth(String name, String id, TruthFate fate) {}

  /** The event changes no verdict: it came too late or from too far ahead. */
  void late(Event event, LateReason reason);

  /** The event was seen before and is dropped. */
  void duplicate(Event event);

  /**
   * An assertion failed in itself; it judges no further events of this key until its rules change.
   */
  void error(String assertion, String message);

  /** Why an event was not judged. */
  enum LateReason {
    /** Behind what its key has already judged, by more than the stream's lateness. */
    LATE,
    /** More than five minutes ahead of when it was received. */
    FUTURE
  }
}
