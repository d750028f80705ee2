package io.assay.bench.web;

import java.sql.SQLException;
import java.util.List;

/**
 * What was judged, in each minute of each assertion: of four partitions in the newest two days, in
 * one row before; by two slices on two of the streams, their minutes of the newest two days. And
 * what was put aside.
 */
final class FilledCounts {
  private static final String MINUTES =
      """
      INSERT INTO count_minute (project, assertion, expectation, stream, minute, source_partition, sequence, seen, passed,
        judged, held, violated, undecided, late)
      SELECT 'default', name, '0', stream, minute, p, 1, 300, 300, 300 - undecided, 300 - undecided - violated, violated,
        undecided, CASE WHEN m %% 100 = 0 THEN 1 ELSE 0 END
      FROM generate_series(%1$d, %2$d) m
        CROSS JOIN LATERAL (SELECT date_trunc('minute', now(), 'UTC') - m * interval '1 minute' AS minute) t
        CROSS JOIN bench_assertion CROSS JOIN generate_series(0, %3$d) p
        CROSS JOIN LATERAL (SELECT (number * 7 + m) %% 13 %% 5 AS violated, (number + m) %% 50 / 49 AS undecided) c\
      """;

  /** Which part of what was judged each slice is true of, false of, and undecided for. */
  private static final String PARTS =
      """
      (VALUES ('fast', 'true', 0.25), ('fast', 'false', 0.7), ('fast', 'undecided', 0.05),
        ('sure', 'true', 0.1), ('sure', 'false', 0.85), ('sure', 'undecided', 0.05)) p (slice, value, part)\
      """;

  private static final int NEWEST = 2 * 24 * 60;

  private final Filling filling;
  private final WebOptions options;

  FilledCounts(Filling filling, WebOptions options) {
    this.filling = filling;
    this.options = options;
  }

  void fill() throws SQLException {
    filling.part(
        "counts",
        () ->
            filling.unindexed(
                "count_minute",
                () -> {
                  filling.run(MINUTES.formatted(NEWEST, options.days() * 24 * 60 - 1, 0));
                  filling.run(MINUTES.formatted(0, NEWEST - 1, 3));
                }));
    filling.part("roll-ups of counts", this::rollUp);
    filling.part("counts by slice", this::slice);
    filling.run(
        """
        INSERT INTO dead_letter_count (project, stream, cause, minute, events, last_detail)
        SELECT 'default', (ARRAY['camera', 'lidar', 'loans', 'ranking'])[1 + m %% 4],
          (ARRAY['broken-json', 'no-key', 'no-time'])[1 + m %% 3], date_trunc('minute', now()) - m * interval '1 minute',
          3, 'Unexpected end-of-input at byte 22' FROM generate_series(5, %d) m ON CONFLICT DO NOTHING\
        """
            .formatted(options.days() * 1440));
    filling.run(
        """
        INSERT INTO late_count (project, stream, reason, minute, events)
        SELECT 'default', (ARRAY['camera', 'lidar', 'loans', 'ranking'])[1 + m %% 4], 'late',
          date_trunc('minute', now()) - m * interval '1 minute', 2 FROM generate_series(5, %d) m ON CONFLICT DO NOTHING\
        """
            .formatted(options.days() * 1440));
  }

  /** From the roll-ups: minutes of all days would be half as much again as all counts together. */
  private void slice() throws SQLException {
    String figures =
        "(judged * part)::bigint, (violated * part)::bigint, (undecided * part)::bigint";
    String sliced = "'" + String.join("', '", WebRules.SLICED) + "'";
    filling.unindexed(
        "slice_minute",
        () ->
            filling.run(
                """
                INSERT INTO slice_minute (project, assertion, expectation, stream, minute, source_partition, slice, value,
                  sequence, judged, violated, undecided)
                SELECT project, assertion, expectation, stream, minute, source_partition, slice, value, sequence, %s
                FROM count_minute CROSS JOIN %s
                WHERE stream IN (%s) AND minute > now() - %d * interval '1 minute'\
                """
                    .formatted(figures, PARTS, sliced, NEWEST)));
    filling.unindexed(
        "slice_span",
        () ->
            filling.run(
                """
                INSERT INTO slice_span (project, span, begins, assertion, expectation, stream, slice, value, judged,
                  violated, undecided)
                SELECT project, span, begins, assertion, expectation, stream, slice, value, %s
                FROM (
                  SELECT project, span, begins, assertion, expectation, stream, judged, violated, undecided
                  FROM count_span
                  UNION ALL SELECT project, 60, hour, assertion, expectation, stream, judged, violated, undecided
                  FROM count_hour
                  UNION ALL SELECT project, 1440, day, assertion, expectation, stream, judged, violated, undecided
                  FROM count_day
                ) c CROSS JOIN %s WHERE stream IN (%s)\
                """
                    .formatted(figures, PARTS, sliced)));
  }

  private void rollUp() throws SQLException {
    for (String unit : List.of("hour", "day")) {
      filling.run(
          """
          INSERT INTO count_%1$s (project, %1$s, assertion, expectation, stream, seen, passed, judged, held, violated,
            undecided, late)
          SELECT project, date_trunc('%1$s', %2$s, 'UTC'), assertion, expectation, stream, sum(seen), sum(passed),
            sum(judged), sum(held), sum(violated), sum(undecided), sum(late)
          FROM count_%2$s GROUP BY 1, 2, 3, 4, 5\
          """
              .formatted(unit, unit.equals("day") ? "hour" : "minute"));
    }
    filling.unindexed(
        "count_span",
        () ->
            filling.run(
                """
                INSERT INTO count_span (project, span, begins, assertion, expectation, stream, seen, passed, judged, held,
                  violated, undecided, late)
                SELECT project, span, date_bin(span * interval '1 minute', minute, TIMESTAMPTZ 'epoch') AS begins,
                  assertion, expectation, stream, sum(seen), sum(passed), sum(judged), sum(held), sum(violated),
                  sum(undecided), sum(late)
                FROM count_minute CROSS JOIN (VALUES (2), (10), (360)) s (span)
                GROUP BY project, span, begins, assertion, expectation, stream\
                """));
  }
}
