package io.assay.cli;

import io.assay.assertion.event.Durations;
import java.time.Duration;
import java.util.OptionalLong;

/** For how long a topic keeps its records: {@code 14d}, {@code 12h}, or {@code forever}. */
final class RetentionText {
  private static final String FOREVER = "forever";

  /** As Kafka has it. */
  private static final long NEVER_DELETED = -1;

  private RetentionText() {}

  /** Empty where the text says none, or less than a millisecond. */
  static OptionalLong millis(String text) {
    if (text.equals(FOREVER)) {
      return OptionalLong.of(NEVER_DELETED);
    }
    if (text.matches("[1-9][0-9]{0,6}d")) {
      return OptionalLong.of(
          Duration.ofDays(Long.parseLong(text.substring(0, text.length() - 1))).toMillis());
    }
    OptionalLong nanos = Durations.parse(text.replace("min", "m"));
    return nanos.isPresent() && nanos.getAsLong() >= 1_000_000
        ? OptionalLong.of(nanos.getAsLong() / 1_000_000)
        : OptionalLong.empty();
  }

  static String print(String millis) {
    try {
      long kept = Long.parseLong(millis);
      return kept < 0
          ? FOREVER
          : kept > Long.MAX_VALUE / 1_000_000 ? millis + "ms" : Durations.print(kept * 1_000_000);
    } catch (NumberFormatException unknown) {
      return millis;
    }
  }
}
