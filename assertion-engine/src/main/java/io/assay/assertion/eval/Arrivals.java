package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.StreamType;
import java.util.List;

/** Tells, as events of a key arrive, which are late, repeated or from the future. */
final class Arrivals {
  /** Events further ahead of their arrival are not believed. */
  private static final long FUTURE = 5 * 60_000_000_000L;

  /** For how long, at least, a repeated id is known. */
  private static final long REPEATS = 10 * 60_000_000_000L;

  private final StreamType stream;
  private final List<String> names;

  /** Events are of many keys: ids are told apart, and repetitions, by each key alone. */
  private final boolean wide;

  /** {@code names}: the assertions for which an event is late, if it is. */
  Arrivals(StreamType stream, List<String> names, boolean wide) {
    this.stream = stream;
    this.names = names;
    this.wide = wide;
  }

  static boolean isFromTheFuture(Event event) {
    return event.at() > event.received() && event.at() - event.received() > FUTURE;
  }

  /** Whether an event is to be judged; else why not is told. */
  boolean admit(KeyState state, Event event, Verdicts out) {
    if (isFromTheFuture(event)) {
      late(event, Verdicts.LateReason.FUTURE, out);
      return false;
    }
    long lateness = stream.latenessNanos();
    long hash = 0;
    boolean identified = event.repeats() != null && !wide;
    if (identified) {
      long latest = Math.max(state.latest, event.at());
      state.ids.forgetBefore(latest - Math.max(lateness, REPEATS));
      hash =
          Hashes.shortOf(
              String.valueOf(event.repeats()),
              String.valueOf(stream.versionOf(event.root()).orElse(null)));
      if (state.ids.contains(hash)) {
        out.duplicate(event);
        return false;
      }
    }
    if (state.latest != Long.MIN_VALUE
        && event.at() < Math.max(state.latest - lateness, state.judged)) {
      late(event, Verdicts.LateReason.LATE, out);
      return false;
    }
    state.latest = Math.max(state.latest, event.at());
    if (event.at() >= state.newest) {
      state.newest = event.at();
      state.newestReceived = event.received();
    }
    if (identified) {
      state.ids.add(hash, event.at());
    }
    return true;
  }

  void late(Event event, Verdicts.LateReason reason, Verdicts out) {
    out.late(event, reason);
    long minute = Moment.minute(event.at());
    names.forEach(name -> out.count(name, "", Tally.LATE, minute, 1));
  }
}
