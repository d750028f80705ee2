package io.assay.web.overview;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** How far back the overview looks, and in which steps. */
enum Range {
  HOUR("1h", Duration.ofHours(1), Duration.ofMinutes(1)),
  QUARTER("6h", Duration.ofHours(6), Duration.ofMinutes(6)),
  DAY("24h", Duration.ofHours(24), Duration.ofMinutes(20)),
  WEEK("7d", Duration.ofDays(7), Duration.ofHours(2));

  private final String text;
  private final Duration length;
  private final Duration step;

  Range(String text, Duration length, Duration step) {
    this.text = text;
    this.length = length;
    this.step = step;
  }

  static Optional<Range> of(String text) {
    return Arrays.stream(values()).filter(range -> range.text.equals(text)).findFirst();
  }

  /** As the address says it. */
  public String text() {
    return text;
  }

  Duration length() {
    return length;
  }

  Duration step() {
    return step;
  }

  int steps() {
    return (int) length.dividedBy(step);
  }
}
