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
