package io.assay.web.system;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A time that somebody gave: RFC 3339, or what a browser's field for date and time sends. Of the
 * years that RFC 3339 knows: others are no times of any events, and databases and sums of durations
 * break on them.
 */
public final class GivenTime {
  /** What is needed, as errors say it. */
  public static final String NEEDED =
      "a time such as 2026-03-01T08:00:00Z, of the years 0001 to 9999";

  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  /** A plus that was not encoded comes as a space. */
  private static final Pattern LOST_PLUS = Pattern.compile(" (\\d\\d:\\d\\d)$");

  private static final Pattern OF_A_ZONE =
      Pattern.compile("[Tt].*([Zz]|[+-]\\d\\d:\\d\\d)$", Pattern.DOTALL);

  private GivenTime() {}

  /**
   * Without an offset it is taken as UTC.
   *
   * @throws DateTimeException where the text is none, or one of another year
   */
  public static Instant parse(String text) {
    String whole = LOST_PLUS.matcher(text).replaceFirst("+$1");
    Instant time =
        OF_A_ZONE.matcher(whole).find()
            ? Instant.parse(whole)
            : LocalDateTime.parse(whole).toInstant(ZoneOffset.UTC);
    return within(time);
  }

  /**
   * What is wrong with two ends of a range, either of which may be open; nothing where it is one.
   *
   * @param from the name of its beginning, and {@code to} of its end
   */
  public static Optional<String> reversed(
      String from, @Nullable Instant begin, String to, @Nullable Instant end) {
    return begin == null || end == null || begin.isBefore(end)
        ? Optional.empty()
        : Optional.of("%s needs a time before %s, got %s and %s".formatted(from, to, begin, end));
  }

  /**
   * The same time.
   *
   * @throws DateTimeException where it is of another year
   */
  public static Instant within(Instant time) {
    if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
      throw new DateTimeException("needed %s, got %s".formatted(NEEDED, time));
    }
    return time;
  }
}
