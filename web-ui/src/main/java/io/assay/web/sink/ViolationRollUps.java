package io.assay.web.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Adds new violations up: to episodes, minutes, spans, hours, days, and the versions of models. */
final class ViolationRollUps {
  private static final String STAGING =
      """
      CREATE TEMPORARY TABLE IF NOT EXISTS violation_staging (
        project text, day date, id text, assertion text, judgement_hash text, stream text, key text, subject text,
        label text, span_from timestamptz, span_to timestamptz, at timestamptz, severity double precision, level text,
        mode text, model_version text, episode text, confidence double precision, live boolean, kept boolean)
      ON COMMIT DELETE ROWS\
      """;

  /**
   * An episode shows one of which the evidence is kept, whatever else there is; of such the worst.
   */
  private static final String SHOWS_THE_NEW =
      """
      CASE WHEN (excluded.counted < excluded.violations) = (known.counted < known.violations)
            THEN excluded.shown > coalesce(known.shown, known.worst)
            ELSE excluded.counted < excluded.violations END\
      """;

  /**
   * Rates are of what was judged as it came: of a repair a minute only has the names. Episodes are
   * of all.
   */
  private static final String ROLL_UP =
      """
      WITH fresh AS (SELECT * FROM violation_staging), episodes AS (
        INSERT INTO episode AS known (project, id, assertion, judgement_hash, stream, key, subject, label, level, mode,
          model_version, opened, lasts, began, ended, violations, worst, worst_day, worst_id, confidence, counted, shown)
        SELECT project, episode, min(assertion), min(judgement_hash), min(stream), min(key), min(subject), min(label),
          min(level), min(mode), min(model_version), min(at), max(at), min(span_from), max(span_to), count(*), max(severity),
          (array_agg(day ORDER BY kept DESC, severity DESC, at, id))[1],
          (array_agg(id ORDER BY kept DESC, severity DESC, at, id))[1], min(confidence),
          count(*) FILTER (WHERE NOT kept), (array_agg(severity ORDER BY kept DESC, severity DESC, at, id))[1]
        FROM fresh
        GROUP BY project, episode
        ORDER BY project, episode
        ON CONFLICT (project, id) DO UPDATE SET
          opened = least(known.opened, excluded.opened),
          lasts = greatest(known.lasts, excluded.lasts),
          began = least(known.began, excluded.began),
          ended = greatest(known.ended, excluded.ended),
          violations = known.violations + excluded.violations,
          worst_day = CASE WHEN %1$s THEN excluded.worst_day ELSE known.worst_day END,
          worst_id = CASE WHEN %1$s THEN excluded.worst_id ELSE known.worst_id END,
          worst = greatest(known.worst, excluded.worst),
          confidence = least(known.confidence, excluded.confidence),
          counted = known.counted + excluded.counted,
          shown = CASE WHEN %1$s THEN excluded.shown ELSE coalesce(known.shown, known.worst) END
      ), rolled AS (
        INSERT INTO violation_minute AS known (project, assertion, stream, level, mode, minute, violations, worst)
        SELECT project, assertion, stream, level, mode, date_trunc('minute', at, 'UTC') AS minute,
          count(*) FILTER (WHERE live), coalesce(max(severity) FILTER (WHERE live), 0)
        FROM fresh
        GROUP BY project, assertion, stream, level, mode, minute
        ORDER BY project, assertion, stream, level, mode, minute
        ON CONFLICT (project, assertion, minute, stream, level, mode)
        DO UPDATE SET violations = known.violations + excluded.violations, worst = greatest(known.worst, excluded.worst)
      ), spans AS (
        INSERT INTO violation_span AS known (project, span, begins, assertion, stream, level, mode, violations, worst)
        SELECT project, span, date_bin(span * interval '1 minute', at, TIMESTAMPTZ 'epoch') AS starts, assertion, stream,
          level, mode, count(*) FILTER (WHERE live), coalesce(max(severity) FILTER (WHERE live), 0)
        FROM fresh CROSS JOIN (VALUES (2), (10), (360)) s (span)
        GROUP BY project, span, starts, assertion, stream, level, mode
        ORDER BY project, span, starts, assertion, stream, level, mode
        ON CONFLICT (project, span, begins, assertion, stream, level, mode)
        DO UPDATE SET violations = known.violations + excluded.violations, worst = greatest(known.worst, excluded.worst)
      ), hourly AS (
        INSERT INTO violation_hour AS known (project, hour, assertion, stream, level, mode, violations, worst, highest)
        SELECT project, date_trunc('hour', at, 'UTC') AS hour, assertion, stream, level, mode,
          count(*) FILTER (WHERE live), coalesce(max(severity) FILTER (WHERE live), 0), max(severity)
        FROM fresh
        GROUP BY project, hour, assertion, stream, level, mode
        ORDER BY project, hour, assertion, stream, level, mode
        ON CONFLICT (project, hour, assertion, stream, level, mode)
        DO UPDATE SET violations = known.violations + excluded.violations, worst = greatest(known.worst, excluded.worst),
          highest = greatest(known.highest, excluded.highest)
      ), daily AS (
        INSERT INTO violation_day AS known (project, day, assertion, stream, level, mode, violations, worst)
        SELECT project, date_trunc('day', at, 'UTC') AS begins, assertion, stream, level, mode,
          count(*) FILTER (WHERE live), coalesce(max(severity) FILTER (WHERE live), 0)
        FROM fresh
        GROUP BY project, begins, assertion, stream, level, mode
        ORDER BY project, begins, assertion, stream, level, mode
        ON CONFLICT (project, day, assertion, stream, level, mode)
        DO UPDATE SET violations = known.violations + excluded.violations, worst = greatest(known.worst, excluded.worst)
      ), versions AS (
        INSERT INTO model_version_seen AS known (project, stream, version, first, last)
        SELECT project, stream, model_version, min(at), max(at)
        FROM fresh WHERE live AND model_version IS NOT NULL
        GROUP BY project, stream, model_version
        ORDER BY project, stream, model_version
        ON CONFLICT (project, stream, version)
        DO UPDATE SET first = least(known.first, excluded.first), last = greatest(known.last, excluded.last)
      )
      SELECT 1\
      """
          .formatted(SHOWS_THE_NEW);

  private ViolationRollUps() {}

  static void write(Connection connection, List<ViolationTable.Judged> fresh) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(STAGING);
      // Empty at the begin of a transaction; but there may be several calls in one.
      statement.execute("DELETE FROM violation_staging");
      ViolationCopy.staging(connection, fresh);
      statement.execute(ROLL_UP);
    }
  }
}
