package io.assay.web.system;

import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** An instant as pages write it, in the zone of whoever reads; UTC unless they chose another. */
public record Moment(Instant instant) {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm");

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
    return shown(DAY);
  }

  public String time() {
    return shown(TIME);
  }

  public String minute() {
    return shown(MINUTE);
  }

  private String shown(DateTimeFormatter form) {
    return form.format(instant.atZone(ReadersZone.current()));
  }
}
