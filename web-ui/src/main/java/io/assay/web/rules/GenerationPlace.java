package io.assay.web.rules;

import io.assay.web.system.GivenTime;
import io.assay.web.system.Refused;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * A place in the list of generations, the newest first. A number may come twice: whoever begins a
 * topic anew begins to count anew.
 */
record GenerationPlace(Instant published, long generation) {
  static GenerationPlace of(GenerationRow row) {
    return new GenerationPlace(row.origin().at(), row.generation());
  }

  /**
   * As an address has it; nothing where it is empty.
   *
   * @throws Refused where it is none
   */
  static Optional<GenerationPlace> read(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    int split = text.indexOf('~');
    try {
      return Optional.of(
          new GenerationPlace(
              GivenTime.parse(text.substring(0, Math.max(0, split))),
              Long.parseLong(text.substring(split + 1))));
    } catch (DateTimeException | NumberFormatException unreadable) {
      throw Refused.bad(
          "after needs a place such as 2026-03-01T08:00:00Z~7, got '%s'".formatted(text));
    }
  }

  String text() {
    return published + "~" + generation;
  }
}
