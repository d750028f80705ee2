package io.assay.web.rates;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/** How far back pages look, in which steps, and from which roll-up. */
public enum Range {
  HOUR("1h", Duration.ofHours(1), Duration.ofMinutes(1), ChronoUnit.MINUTES),
  QUARTER("6h", Duration.ofHours(6), Duration.ofMinutes(6), ChronoUnit.MINUTES),
  DAY("24h", Duration.ofHours(24), Duration.ofHours(1), ChronoUnit.HOURS),
  WEEK("7d", Duration.ofDays(7), Duration.ofHours(3), ChronoUnit.HOURS),
  MONTH("30d", Duration.ofDays(30), Duration.ofHours(12), ChronoUnit.HOURS);

  private final String text;
  private final Duration length;
  private final Duration step;
  private final ChronoUnit unit;

  Range(String text, Duration length, Duration step, ChronoUnit unit) {
    this.text = text;
    this.length = length;
    this.step = step;
    this.unit = unit;
  }

  public static Optional<Range> of(String text) {
    return Arrays.stream(values()).filter(range -> range.text.equals(text)).findFirst();
  }

  /** As the address says it. */
  public String text() {
    return text;
  }

  public Duration length() {
    return length;
  }

  public Duration step() {
    return step;
  }

  public int steps() {
    return (int) length.dividedBy(step);
  }

  /** Minutes or hours: what a bar is added up from. */
  ChronoUnit unit() {
    return unit;
  }
}
