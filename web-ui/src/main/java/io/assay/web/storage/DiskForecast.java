package io.assay.web.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/** When a volume is full, if what it has left goes on becoming less as it did. */
public sealed interface DiskForecast {
  /** Further ahead nothing is said: nobody knows the pace of then. */
  Duration FURTHEST = Duration.ofDays(3653);

  /** The moment at which nothing is left. */
  record Full(Instant at, Duration in) implements DiskForecast {}

  /** What is left does not become less, or not within {@link #FURTHEST}. */
  record NotFilling() implements DiskForecast {}

  /** Too little has been seen to say anything. */
  record TooEarly(Duration seen) implements DiskForecast {}

  /** How much is left cannot be seen from here. */
  record Unseen() implements DiskForecast {}

  /**
   * @param free bytes that are left now
   * @param ofFree how what is left has changed: whoever else writes there counts, too
   */
  static DiskForecast of(Instant now, OptionalLong free, Growth ofFree) {
    if (free.isEmpty()) {
      return new Unseen();
    }
    if (ofFree.perDay().isEmpty()) {
      return new TooEarly(ofFree.over());
    }
    double perDay = -ofFree.perDay().getAsDouble();
    double days = free.getAsLong() / perDay;
    if (perDay <= 0 || days > FURTHEST.toDays()) {
      return new NotFilling();
    }
    Duration in = Duration.ofSeconds((long) (days * Duration.ofDays(1).toSeconds()));
    return new Full(now.plus(in), in);
  }
}
