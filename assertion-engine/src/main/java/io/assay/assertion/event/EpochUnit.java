package io.assay.assertion.event;

import io.assay.assertion.event.StructType.Reading;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a number since 1970 counts. A stream says so; who says it wrongly is told the right one. */
public enum EpochUnit {
  SECONDS(9, Reading.EPOCH_SECONDS),
  MILLIS(6, Reading.EPOCH_MILLIS),
  MICROS(3, Reading.EPOCH_MICROS),
  NANOS(0, Reading.EPOCH_NANOS);

  private static final Instant FIRST_LIKELY = Instant.parse("1990-01-01T00:00:00Z");
  private static final Instant LAST_LIKELY = Instant.parse("2100-01-01T00:00:00Z");

  private final int places;
  private final Reading reading;

  EpochUnit(int places, Reading reading) {
    this.places = places;
    this.reading = reading;
  }

  /**
   * Another unit that was probably meant: the time is likely in it, and unlikely as it was read.
   */
  public record Meant(EpochUnit unit, Instant time) {
    @Override
    public String toString() {
      return "read as timestamp(%s) it is %s".formatted(unit.name().toLowerCase(Locale.ROOT), time);
    }
  }

  /**
   * @param nanos the time as it was read
   * @return nothing for a likely time, one that no unit makes likely, or no epoch
   */
  public static Optional<Meant> meant(long nanos, Reading reading) {
    return Arrays.stream(values())
        .filter(unit -> unit.reading == reading)
        .findFirst()
        .flatMap(unit -> meant(BigDecimal.valueOf(nanos).movePointLeft(unit.places), unit));
  }

  /**
   * @param value as it was written
   * @param read the unit that the stream declares
   */
  static Optional<Meant> meant(BigDecimal value, EpochUnit read) {
    if (isLikely(value, read)) {
      return Optional.empty();
    }
    return Arrays.stream(values())
        .filter(unit -> isLikely(value, unit))
        .findFirst()
        .map(unit -> new Meant(unit, unit.time(value)));
  }

  private static boolean isLikely(BigDecimal value, EpochUnit unit) {
    BigDecimal seconds = value.movePointRight(unit.places - 9);
    return seconds.compareTo(BigDecimal.valueOf(FIRST_LIKELY.getEpochSecond())) >= 0
        && seconds.compareTo(BigDecimal.valueOf(LAST_LIKELY.getEpochSecond())) < 0;
  }

  private Instant time(BigDecimal value) {
    return Instant.ofEpochSecond(0, value.movePointRight(places).longValue());
  }
}
