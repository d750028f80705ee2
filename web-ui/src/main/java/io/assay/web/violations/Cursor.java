package io.assay.web.violations;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** A place in the list, newest first; stable while rows are added. */
record Cursor(Instant at, String id) {
  static Optional<Cursor> read(String text) {
    int split = text.indexOf('~');
    if (split < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Cursor(Instant.parse(text.substring(0, split)), text.substring(split + 1)));
    } catch (DateTimeException notATime) {
      return Optional.empty();
    }
  }

  String text() {
    return at + "~" + id;
  }
}
