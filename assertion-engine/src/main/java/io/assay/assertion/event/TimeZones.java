package io.assay.assertion.event;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;

/** Time zones as rules name them. */
public final class TimeZones {
  private TimeZones() {}

  /** A name of the IANA data base, or an offset such as {@code 02:00} or {@code -09:30}. */
  public static Optional<ZoneId> named(String name) {
    try {
      boolean offset = !name.isEmpty() && Character.isDigit(name.charAt(0));
      return Optional.of(ZoneId.of(offset ? "+" + name : name));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
