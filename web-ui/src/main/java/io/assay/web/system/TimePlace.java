package io.assay.web.system;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * A place in a list in order of times: what the last row that was shown is ordered by, and not the
 * row's name alone, so that the list goes on from there though that row has been erased meanwhile.
 *
 * @param id what orders rows of one time
 */
public record TimePlace(Instant at, String id) {
  private static final char BETWEEN = '~';

  /**
   * As an address has it; nothing where it is empty.
   *
   * @param name of the parameter
   * @throws Refused where it is none
   */
  public static Optional<TimePlace> read(String name, String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    int split = Math.max(0, text.indexOf(BETWEEN));
    try {
      return Optional.of(
          new TimePlace(GivenTime.parse(text.substring(0, split)), text.substring(split + 1)));
    } catch (DateTimeException unreadable) {
      throw Refused.bad(
          "%s needs what an answer named next, such as 2026-03-01T08:00:00Z~7, got '%s'"
              .formatted(name, text));
    }
  }

  /** For an address. */
  public String text() {
    return at.toString() + BETWEEN + id;
  }
}
