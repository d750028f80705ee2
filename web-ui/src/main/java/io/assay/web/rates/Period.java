package io.assay.web.overview;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * The stretch of event time that is shown.
 *
 * @param end full minutes; after the newest event where events are older than the range is long, as
 *     a replay's are
 * @param live whether it reaches up to now
 */
record Period(Instant start, Instant end, Range range, boolean live) {
  static Period of(Range range, Instant now, Instant newest) {
    Instant thisMinute = now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    Instant afterNewest = newest.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    boolean live = newest.isAfter(now.minus(range.length()));
    Instant end = live && thisMinute.isAfter(afterNewest) ? thisMinute : afterNewest;
    return new Period(end.minus(range.length()), end, range, live);
  }

  OffsetDateTime startTime() {
    return start.atOffset(ZoneOffset.UTC);
  }

  OffsetDateTime endTime() {
    return end.atOffset(ZoneOffset.UTC);
  }

  /** Which bar a minute belongs to; -1 outside. */
  int step(Instant minute) {
    if (minute.isBefore(start) || !minute.isBefore(end)) {
      return -1;
    }
    return (int) (ChronoUnit.SECONDS.between(start, minute) / range.step().toSeconds());
  }
}
