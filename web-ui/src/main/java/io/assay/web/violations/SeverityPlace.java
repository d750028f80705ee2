package io.assay.web.violations;

import io.assay.web.system.GivenTime;
import io.assay.web.system.Refused;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** A place in the list, the most severe first, of equal ones the newest; stable while rows come. */
record SeverityPlace(double severity, Instant at, String id) {
  /**
   * As an address has it; nothing where it is empty.
   *
   * @throws Refused where it is none
   */
  static Optional<SeverityPlace> read(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String[] parts = text.split("~", 3);
    try {
      return Optional.of(
          new SeverityPlace(Double.parseDouble(parts[0]), GivenTime.parse(parts[1]), parts[2]));
    } catch (IllegalArgumentException
        | DateTimeException
        | ArrayIndexOutOfBoundsException unreadable) {
      throw Refused.bad("after needs what an answer named next, got '%s'".formatted(text));
    }
  }

  static SeverityPlace of(ViolationRow row) {
    return new SeverityPlace(row.severity(), row.at().instant(), row.id());
  }

  String text() {
    return severity + "~" + at + "~" + id;
  }
}
