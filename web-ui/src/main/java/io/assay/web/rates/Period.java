package io.assay.web.rates;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * The stretch of event time that is shown.
 *
 * @param end of a full step, such as ten minutes, six hours or a day, of UTC; after the newest
 *     event where events are older than the range is long, as a replay's are
 * @param live whether it reaches up to now
 */
public record Period(Instant start, Instant end, Range range, boolean live) {
  public static Period of(Range range, Instant now, Instant newest) {
    Instant afterNow = after(now, range.step());
    Instant afterNewest = after(newest, range.step());
    boolean live = newest.isAfter(now.minus(range.length()));
    Instant end = live && afterNow.isAfter(afterNewest) ? afterNow : afterNewest;
    return new Period(end.minus(range.length()), end, range, live);
  }

  private static Instant after(Instant at, Duration step) {
    long seconds = step.toSeconds();
    return Instant.ofEpochSecond((Math.floorDiv(at.getEpochSecond(), seconds) + 1) * seconds);
  }

  /**
   * The same stretch so much earlier; full days, or as much as the range is long, so that the same
   * roll-up has it.
   */
  public Period before(Duration by) {
    return new Period(start.minus(by), end.minus(by), range, false);
  }

  public OffsetDateTime startTime() {
    return start.atOffset(ZoneOffset.UTC);
  }

  public OffsetDateTime endTime() {
    return end.atOffset(ZoneOffset.UTC);
  }

  /** When a step begins. */
  public Instant begin(int step) {
    return start.plus(range.step().multipliedBy(step));
  }

  /** Which bar a time belongs to; -1 outside. */
  public int step(Instant time) {
    if (time.isBefore(start) || !time.isBefore(end)) {
      return -1;
    }
    return (int) (ChronoUnit.SECONDS.between(start, time) / range.step().toSeconds());
  }
}
