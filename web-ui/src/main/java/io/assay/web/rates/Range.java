package io.assay.web.rates;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * How far back pages look, and in which steps: a roll-up has each, so that a page reads as many
 * rows of an assertion as there are steps.
 */
public enum Range {
  HOUR("1h", Duration.ofHours(1), Duration.ofMinutes(2), "span", "begins", "span = 2 AND "),
  QUARTER("6h", Duration.ofHours(6), Duration.ofMinutes(10), "span", "begins", "span = 10 AND "),
  DAY("24h", Duration.ofHours(24), Duration.ofHours(1), "hour", "hour", ""),
  WEEK("7d", Duration.ofDays(7), Duration.ofHours(6), "span", "begins", "span = 360 AND "),
  MONTH("30d", Duration.ofDays(30), Duration.ofDays(1), "day", "day", "");

  private final String text;
  private final Duration length;
  private final Duration step;
  private final String rollUp;
  private final String column;
  private final String condition;

  Range(
      String text, Duration length, Duration step, String rollUp, String column, String condition) {
    this.text = text;
    this.length = length;
    this.step = step;
    this.rollUp = rollUp;
    this.column = column;
    this.condition = condition;
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

  /** How the tables end that have a row of each step. */
  String rollUp() {
    return rollUp;
  }

  /** Of these tables: when a row's step begins. */
  String column() {
    return column;
  }

  /** SQL of what else tells rows of these steps from others; before further conditions. */
  String condition() {
    return condition;
  }
}
