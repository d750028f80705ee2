package io.assay.web.system;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** An instant as pages write it, in UTC. */
public record Moment(Instant instant) {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);

  /** From nanoseconds since the epoch, as the engine counts. */
  public static Moment ofNanos(long nanos) {
    return new Moment(
        Instant.ofEpochSecond(
            Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L)));
  }

  public String iso() {
    return instant.toString();
  }

  public String day() {
    return DAY.format(instant);
  }

  public String time() {
    return TIME.format(instant);
  }

  public String minute() {
    return MINUTE.format(instant);
  }
}
