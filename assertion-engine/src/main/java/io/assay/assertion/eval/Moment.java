package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.Row;
import java.util.List;
import java.util.Objects;

/** The event being judged, the slices it may be in, and where what comes of it goes. */
record Moment(
    KeyState key, Past now, List<Event.Problem> problems, EventSlices slices, Verdicts out) {
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
    if (by <= 0) {
      return;
    }
    if (slices.isEmpty() || !isBySlice(tally)) {
      out.count(assertion, expectation, tally, minute(now.at()), by);
    } else {
      out.count(assertion, expectation, tally, minute(now.at()), by, slices.of(key, now));
    }
  }

  /** The others are not asked for: what held is what was judged and not violated. */
  private static boolean isBySlice(Tally tally) {
    return switch (tally) {
      case JUDGED, VIOLATED, UNDECIDED -> true;
      case SEEN, PASSED, HELD, LATE -> false;
    };
  }

  /** Another event of the key, at which a verdict falls. */
  Moment at(Past other) {
    return new Moment(key, other, List.of(), slices, out);
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
