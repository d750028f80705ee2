package io.assay.web.retention;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Rows that are kept for a time of their own. Verdicts of people, labels, rounds, rules and the
 * record of changes are kept for ever: that is what they are for.
 */
public enum Kind {
  /** Violations with their evidence, by day of event time; whole days go at once. */
  VIOLATIONS(
      List.of(
          new Rows("violation", "day < ?::date", ""),
          new Rows("violation_counted", "day < ?::date", ""))),

  /**
   * Episodes whose violations are over so long; those that a round has proposed stay with what
   * people said of them.
   */
  EPISODES(
      List.of(
          new Rows(
              "episode",
              "lasts < ?",
              " AND NOT EXISTS (SELECT 1 FROM label_item i WHERE i.project = t.project AND i.id ="
                  + " t.id)"))),

  /** Counts by minute, and by two and ten, of which charts up to six hours are drawn. */
  MINUTES(
      List.of(
          new Rows("count_minute", "minute < ?", ""),
          new Rows("violation_minute", "minute < ?", ""),
          new Rows("count_span", "begins < ? AND t.span < 60", ""),
          new Rows("violation_span", "begins < ? AND t.span < 60", ""),
          new Rows("slice_minute", "minute < ?", ""),
          new Rows("slice_span", "begins < ? AND t.span < 60", ""),
          new Rows("dead_letter_count", "minute < ?", ""),
          new Rows("late_count", "minute < ?", ""))),

  /**
   * Counts by hour, and by six, of which charts of 24 hours and seven days are drawn; months are of
   * days.
   */
  HOURS(
      List.of(
          new Rows("count_hour", "hour < ?", ""),
          new Rows("violation_hour", "hour < ?", ""),
          new Rows("count_span", "begins < ? AND t.span >= 60", ""),
          new Rows("violation_span", "begins < ? AND t.span >= 60", ""),
          new Rows("slice_span", "begins < ? AND t.span >= 60 AND t.span < 1440", ""))),

  /**
   * Counts by day, of which charts of 30 days are drawn; that an assertion ever fired is known by
   * them.
   */
  DAYS(
      List.of(
          new Rows("count_day", "day < ?", ""),
          new Rows("violation_day", "day < ?", ""),
          new Rows("slice_span", "begins < ? AND t.span >= 1440", ""))),

  /** What windows came to, of those that end before. */
  FIGURES(List.of(new Rows("window_figures", "ends < ?", ""))),

  /** What became of rounds that a webhook was told of. */
  DELIVERIES(List.of(new Rows("webhook_delivery", "created < ?", " AND t.status <> 'PENDING'")));

  @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody changes
  private final List<Rows> rows;

  Kind(List<Rows> rows) {
    this.rows = List.copyOf(rows);
  }

  /**
   * Rows of a table.
   *
   * @param old SQL with one parameter, the time before which they are over
   * @param but SQL that lets some of these stay; empty for none; {@code t} is the table
   */
  record Rows(String table, String old, String but) {
    String where() {
      return "t.project = ? AND t." + old + but;
    }
  }

  List<Rows> rows() {
    return rows;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Kind> of(String word) {
    for (Kind kind : values()) {
      if (kind.word().equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
