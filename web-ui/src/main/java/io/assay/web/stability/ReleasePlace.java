package io.assay.web.stability;

import io.assay.stream.contract.StabilityRecord;
import io.assay.web.system.Refused;
import java.util.Optional;

/** A place in the list of releases, the newest first. */
record ReleasePlace(long number, String release) {
  static ReleasePlace of(StabilityRecord record) {
    return new ReleasePlace(record.number(), record.release());
  }

  /**
   * As an address has it; nothing where it is empty.
   *
   * @throws Refused where it is none
   */
  static Optional<ReleasePlace> read(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    int split = text.indexOf('~');
    try {
      return Optional.of(
          new ReleasePlace(
              Long.parseLong(text.substring(0, Math.max(0, split))), text.substring(split + 1)));
    } catch (NumberFormatException unreadable) {
      throw Refused.bad("after needs a place such as 7~2026-07, got '%s'".formatted(text));
    }
  }

  String text() {
    return number + "~" + release;
  }
}
