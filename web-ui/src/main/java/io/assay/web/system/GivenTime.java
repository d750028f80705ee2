package io.assay.web.system;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/** A time that somebody gave: RFC 3339, or what a browser's field for date and time sends. */
public final class GivenTime {
  /** A plus that was not encoded comes as a space. */
  private static final Pattern LOST_PLUS = Pattern.compile(" (\\d\\d:\\d\\d)$");

  private static final Pattern OF_A_ZONE =
      Pattern.compile("[Tt].*([Zz]|[+-]\\d\\d:\\d\\d)$", Pattern.DOTALL);

  private GivenTime() {}

  /**
   * Without an offset it is taken as UTC.
   *
   * @throws DateTimeException where the text is none
   */
  public static Instant parse(String text) {
    String whole = LOST_PLUS.matcher(text).replaceFirst("+$1");
    return OF_A_ZONE.matcher(whole).find()
        ? Instant.parse(whole)
        : LocalDateTime.parse(whole).toInstant(ZoneOffset.UTC);
  }
}
