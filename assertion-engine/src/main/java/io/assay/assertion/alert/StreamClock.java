package io.assay.assertion.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How far the event time of a stream has come.
 *
 * @param newest the begin of the newest minute in which something was counted
 * @param reached that, and what has passed by the clock since the minute was seen first: event time
 *     goes on where nothing comes
 * @param still how long nothing was counted, by the clock
 */
public record StreamClock(Instant newest, Instant reached, Duration still) {
  /** The begin of the first minute that is within so long of what was reached. */
  public Instant from(Duration over) {
    long minutes = Math.max(1, over.plusSeconds(59).toMinutes());
    Instant thisMinute = reached.truncatedTo(ChronoUnit.MINUTES);
    return thisMinute.minus(Duration.ofMinutes(minutes - 1));
  }
}
