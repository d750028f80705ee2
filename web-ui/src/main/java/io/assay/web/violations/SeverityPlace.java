package io.assay.web.violations;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** A place in the list, the most severe first, of equal ones the newest; stable while rows come. */
record SeverityPlace(double severity, Instant at, String id) {
  static Optional<SeverityPlace> read(String text) {
    String[] parts = text.split("~", 3);
    if (parts.length < 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new SeverityPlace(Double.parseDouble(parts[0]), Instant.parse(parts[1]), parts[2]));
    } catch (NumberFormatException | DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  static SeverityPlace of(ViolationRow row) {
    return new SeverityPlace(row.severity(), row.at().instant(), row.id());
  }

  String text() {
    return severity + "~" + at + "~" + id;
  }
}
