package io.assay.web.alerts;

import io.assay.web.system.Refused;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in the list of alerts, after which it goes on: the key of the last one shown. */
record AlertPlace(AlertShelf shelf, Instant since, String fingerprint) {
  private static final Pattern WRITTEN =
      Pattern.compile("([0-4])-(-?[0-9]{1,17})-([0-9a-zA-Z]{1,64})");

  /** Before all. */
  static final AlertPlace START = new AlertPlace(AlertShelf.FIRING, Instant.MAX, "");

  /** For an address. */
  String written() {
    return "%d-%d-%s"
        .formatted(shelf.number(), ChronoUnit.MICROS.between(Instant.EPOCH, since), fingerprint);
  }

  /**
   * Reads what was written; the empty text is the start.
   *
   * @throws Refused where it is no place
   */
  static AlertPlace read(String text) {
    if (text.isEmpty()) {
      return START;
    }
    Matcher parts = WRITTEN.matcher(text);
    if (!parts.matches()) {
      throw Refused.bad("after needs what a page before said, got '%s'".formatted(text));
    }
    return new AlertPlace(
        AlertShelf.of(Integer.parseInt(parts.group(1))),
        Instant.EPOCH.plus(Long.parseLong(parts.group(2)), ChronoUnit.MICROS),
        parts.group(3));
  }
}
