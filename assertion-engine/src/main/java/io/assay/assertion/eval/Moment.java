package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.Row;
import java.util.List;
import java.util.Objects;

/** The event being judged, and where what comes of it goes. */
record Moment(KeyState key, Past now, List<Event.Problem> problems, Verdicts out) {
  private static final long NANOS_PER_MINUTE = 60_000_000_000L;

  /** The minute of event time under which it is counted. */
  static long minute(long at) {
    return Math.floorDiv(at, NANOS_PER_MINUTE);
  }

  Row row() {
    return Objects.requireNonNull(now.row());
  }

  History history() {
    return key.history;
  }

  void count(String assertion, String expectation, Tally tally, long by) {
    if (by > 0) {
      out.count(assertion, expectation, tally, minute(now.at()), by);
    }
  }

  /** One unit has no verdict, and why. */
  void undecided(String assertion, String expectation, String reason) {
    count(assertion, expectation, Tally.UNDECIDED, 1);
    out.undecided(assertion, expectation, now.at(), reason);
  }

  /** The assertion failed at this event, and judges the key no more. */
  void failed(String assertion, RuntimeException why) {
    out.error(
        assertion,
        "%s at event %s of key %s: %s"
            .formatted(why.getClass().getSimpleName(), now.id(), key.key(), why.getMessage()));
  }
}
