package io.assay.web.rules;

import io.assay.web.backtests.BacktestAsked;
import io.assay.web.system.GivenTime;
import io.assay.web.system.Refused;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Past events that somebody wants judged, by event time.
 *
 * @param to the first time that is not of it
 */
record PastRange(Instant from, Instant to) {
  private static final int LONGEST_HOURS = 24 * 366;

  PastRange {
    BacktestAsked.requireRange(from, to);
  }

  /**
   * As a program asks for it.
   *
   * @param what needs it, for messages: "a backtest"
   * @throws Refused where an end is missing, or no events can be of it
   */
  static PastRange of(String what, @Nullable Instant from, @Nullable Instant to) {
    if (from == null || to == null) {
      throw Refused.bad(what + " needs a range: from and to, in RFC 3339");
    }
    try {
      return new PastRange(from, to);
    } catch (IllegalArgumentException none) {
      throw Refused.bad(String.valueOf(none.getMessage()));
    }
  }

  /** How many hours are judged where a person asks for so many: an hour to a year. */
  static int hours(int asked) {
    return Math.clamp(asked, 1, LONGEST_HOURS);
  }

  /**
   * As a person asks for it.
   *
   * @param hours how long it is
   * @param until its end: RFC 3339, or as a browser's field has it, in UTC; empty for now
   * @throws IllegalArgumentException where it has no such end, or no events can be of it
   */
  static PastRange back(int hours, String until, Clock clock) {
    Instant end;
    try {
      end = until.isBlank() ? clock.instant() : GivenTime.parse(until.strip());
    } catch (DateTimeException none) {
      throw new IllegalArgumentException(
          "the end of the range needs %s, got '%s'".formatted(GivenTime.NEEDED, until), none);
    }
    return new PastRange(end.minus(Duration.ofHours(hours(hours))), end);
  }
}
