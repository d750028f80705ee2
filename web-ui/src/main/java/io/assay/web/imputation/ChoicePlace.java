package io.assay.web.imputation;

import io.assay.stream.contract.ImputerChoice;
import io.assay.web.system.GivenTime;
import io.assay.web.system.Refused;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** A place in the list of choices, behind which it goes on: the key of the last one shown. */
record ChoicePlace(Instant at, long version, String by) {
  private static final String BETWEEN = "~";

  static ChoicePlace of(ImputerChoice choice) {
    return new ChoicePlace(Instant.ofEpochMilli(choice.atMillis()), choice.version(), choice.by());
  }

  /**
   * As an answer names it; empty for the first part.
   *
   * @param name of the parameter
   * @throws Refused of what is none
   */
  static Optional<ChoicePlace> read(String name, String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String[] parts = text.split(BETWEEN, 3);
    try {
      return Optional.of(
          new ChoicePlace(
              GivenTime.within(Instant.ofEpochMilli(Long.parseLong(parts[0]))),
              Long.parseLong(parts[1]),
              parts[2]));
    } catch (NumberFormatException | DateTimeException | ArrayIndexOutOfBoundsException wrong) {
      throw Refused.bad("%s needs what an answer named next, got '%s'".formatted(name, text));
    }
  }

  String written() {
    return at.toEpochMilli() + BETWEEN + version + BETWEEN + by;
  }
}
