package io.assay.web.sink;

import static io.assay.web.sink.PostgresText.appendColumn;
import static io.assay.web.sink.PostgresText.clean;

import io.assay.assertion.Violation;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalDouble;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Puts violations into their table, each once, and rolls up those that were new. */
final class ViolationTable {
  private static final String COLUMNS =
      "project, day, id, assertion, expectation, judgement_hash, stream, key, subject, label,"
          + " span_from, span_to, at, severity, level, mode, sentence, model_version, origin,"
          + " episode, confidence, prediction, trace, evidence";

  private static final String STAGING =
      "CREATE TEMPORARY TABLE IF NOT EXISTS violation_staging (LIKE violation INCLUDING DEFAULTS)"
          + " ON COMMIT DELETE ROWS";

  private static final String COPY =
      "COPY violation_staging (" + COLUMNS + ") FROM STDIN (ENCODING 'UTF8')";

  /**
   * Rates are of what was judged as it came: of a repair a minute only has the names. Episodes are
   * of all, and show the worst.
   */
  private static final String INSERT =
      """
      WITH fresh AS (
        INSERT INTO violation (%1$s)
        SELECT %1$s FROM violation_staging ORDER BY project, day, id
        ON CONFLICT DO NOTHING
        RETURNING project, day, id, assertion, judgement_hash, stream, key, subject, label, level, mode,
          model_version, span_from, span_to, at, severity, episode, confidence, origin = 'live' AS live
      ), episodes AS (
        INSERT INTO episode AS known (project, id, assertion, judgement_hash, stream, key, subject, label, level, mode,
          model_version, opened, lasts, began, ended, violations, worst, worst_day, worst_id, confidence)
        SELECT project, episode, min(assertion), min(judgement_hash), min(stream), min(key), min(subject), min(label),
          min(level), min(mode), min(model_version), min(at), max(at), min(span_from), max(span_to), count(*), max(severity),
          (array_agg(day ORDER BY severity DESC, at, id))[1], (array_agg(id ORDER BY severity DESC, at, id))[1],
          min(confidence)
        FROM fresh
        GROUP BY project, episode
        ORDER BY project, episode
        ON CONFLICT (project, id) DO UPDATE SET
          opened = least(known.opened, excluded.opened),
          lasts = greatest(known.lasts, excluded.lasts),
          began = least(known.began, excluded.began),
          ended = greatest(known.ended, excluded.ended),
          violations = known.violations + excluded.violations,
          worst_day = CASE WHEN excluded.worst > known.worst THEN excluded.worst_day ELSE known.worst_day END,
          worst_id = CASE WHEN excluded.worst > known.worst THEN excluded.worst_id ELSE known.worst_id END,
          worst = greatest(known.worst, excluded.worst),
          confidence = least(known.confidence, excluded.confidence)
      ), rolled AS (
        INSERT INTO violation_minute AS known (project, assertion, stream, level, mode, minute, violations, worst)
        SELECT project, assertion, stream, level, mode, date_trunc('minute', at, 'UTC') AS minute,
          count(*) FILTER (WHERE live), coalesce(max(severity) FILTER (WHERE live), 0)
        FROM fresh
        GROUP BY project, assertion, stream, level, mode, minute
        ORDER BY project, assertion, stream, level, mode, minute
        ON CONFLICT (project, assertion, minute, stream, level, mode)
        DO UPDATE SET violations = known.violations + excluded.violations, worst = greatest(known.worst, excluded.worst)
      ), hourly AS (
        INSERT INTO violation_hour AS known (project, hour, assertion, stream, level, mode, violations, worst)
        SELECT project, date_trunc('hour', at, 'UTC') AS hour, assertion, stream, level, mode,
          count(*) FILTER (WHERE live), coalesce(max(severity) FILTER (WHERE live), 0)
        FROM fresh
        GROUP BY project, hour, assertion, stream, level, mode
        ORDER BY project, hour, assertion, stream, level, mode
        ON CONFLICT (project, hour, assertion, stream, level, mode)
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
      SELECT count(*) FROM fresh\
      """
          .formatted(COLUMNS);

  private ViolationTable() {}

  /** Returns how many were new. */
  static long write(Connection connection, List<Rows.Found> found) throws SQLException {
    if (found.isEmpty()) {
      return 0;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(STAGING);
      // Empty at the begin of a transaction; but there may be several calls in one.
      statement.execute("DELETE FROM violation_staging");
      copy(connection, found);
      try (ResultSet fresh = statement.executeQuery(INSERT)) {
        fresh.next();
        return fresh.getLong(1);
      }
    }
  }

  /** One row at a time: memory holds the batch once, not twice. */
  private static void copy(Connection connection, List<Rows.Found> found) throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
    try {
      var row = new StringBuilder();
      for (Rows.Found each : found) {
        row.setLength(0);
        append(row, each);
        byte[] bytes = row.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
      }
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private static void append(StringBuilder row, Rows.Found found) {
    Violation violation = found.violation();
    text(row, violation.project());
    row.append(found.day()).append('\t');
    text(row, violation.id());
    text(row, violation.assertion());
    text(row, violation.expectation());
    text(row, violation.judgementHash());
    text(row, violation.stream());
    text(row, violation.key());
    text(row, violation.subject());
    text(row, violation.label());
    row.append(Rows.instant(violation.from())).append('\t');
    row.append(Rows.instant(violation.to())).append('\t');
    row.append(Rows.instant(violation.at())).append('\t');
    row.append(violation.severity()).append('\t');
    row.append(violation.level().name()).append('\t');
    row.append(violation.mode().name()).append('\t');
    text(row, violation.sentence());
    violation.modelVersion().ifPresentOrElse(it -> text(row, it), () -> row.append("\\N\t"));
    text(row, found.origin());
    text(row, violation.episode());
    OptionalDouble confidence = ModelConfidence.of(violation);
    row.append(confidence.isPresent() ? confidence.getAsDouble() + "\t" : "\\N\t");
    text(row, violation.decidingEvent());
    found.trace().ifPresentOrElse(it -> text(row, it), () -> row.append("\\N\t"));
    appendColumn(row, found.json());
    row.append('\n');
  }

  private static void text(StringBuilder row, String value) {
    appendColumn(row, clean(value));
    row.append('\t');
  }
}
