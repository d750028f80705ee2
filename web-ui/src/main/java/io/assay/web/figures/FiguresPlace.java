package io.assay.web.figures;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.stream.contract.FiguresRecord;
import io.assay.web.system.GivenTime;
import io.assay.web.system.Refused;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** A place in the list of windows, the newest first. */
record FiguresPlace(
    long endMillis, String assertion, String group, String segment, long startMillis) {
  /** In no name, group or segment. */
  private static final String BETWEEN = "\u0000";

  private static final int PARTS = 5;

  static FiguresPlace of(FiguresRecord record) {
    return new FiguresPlace(
        record.endMillis(),
        record.assertion(),
        record.group(),
        record.segment(),
        record.startMillis());
  }

  /**
   * As {@link #text} has it; nothing where it is empty.
   *
   * @throws Refused where it is none
   */
  static Optional<FiguresPlace> read(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      String[] parts = new String(Base64.getUrlDecoder().decode(text), UTF_8).split(BETWEEN, -1);
      if (parts.length == PARTS) {
        return Optional.of(
            new FiguresPlace(millis(parts[0]), parts[1], parts[2], parts[3], millis(parts[4])));
      }
    } catch (IllegalArgumentException | DateTimeException unreadable) {
      // Told as any other that is none.
    }
    throw Refused.bad("after needs what an answer named next, got '%s'".formatted(text));
  }

  private static long millis(String text) {
    return GivenTime.within(Instant.ofEpochMilli(Long.parseLong(text))).toEpochMilli();
  }

  /** For an address: segments may hold any sign. */
  String text() {
    String whole =
        String.join(
            BETWEEN,
            Long.toString(endMillis),
            assertion,
            group,
            segment,
            Long.toString(startMillis));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(whole.getBytes(UTF_8));
  }
}
