package io.assay.web.violations;

import io.assay.assertion.Level;
import io.assay.assertion.Mode;
import io.assay.web.system.Moment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads single violations of a project, and what there are. */
@Repository
class ViolationQueries {
  static final String COLUMNS =
      "day, id, assertion, expectation, stream, key, subject, label, span_from, span_to, at,"
          + " severity, level, mode, sentence, model_version, origin, trace";

  private final JdbcClient jdbc;
  private final PrivateKeys keys;

  ViolationQueries(JdbcClient jdbc, PrivateKeys keys) {
    this.jdbc = jdbc;
    this.keys = keys;
  }

  /** One of them with its evidence; nothing where there is none, or retention has dropped it. */
  Optional<StoredViolation> one(String project, LocalDate day, String id, boolean clear) {
    KeySight sight = keys.sight(project, clear);
    return jdbc.sql(
            "select "
                + COLUMNS
                + ", judgement_hash, received, evidence::text as evidence"
                + " from violation where project = ? and day = ? and id = ?")
        .params(project, day, id)
        .query(
            (result, number) ->
                new StoredViolation(
                    row(result, sight),
                    result.getString("judgement_hash"),
                    moment(result, "received"),
                    result.getString("evidence")))
        .optional();
  }

  /** The day of a violation of which the id is known, and about when it was. */
  Optional<LocalDate> day(String project, String id, LocalDate from, LocalDate to) {
    return jdbc.sql(
            "select day from violation where project = ? and id = ? and day between ? and ?"
                + " order by day desc limit 1")
        .params(project, id, from, to)
        .query(LocalDate.class)
        .optional();
  }

  /** Which assertions have fired on which streams, ever: what the filters offer to choose from. */
  List<Fired> fired(String project) {
    // From one pair to the next by the index: as many looks as there are pairs, however many days.
    return jdbc.sql(
            """
            WITH RECURSIVE pair AS (
              (SELECT assertion, stream FROM violation_day WHERE project = :project
                ORDER BY assertion, stream LIMIT 1)
              UNION ALL
              SELECT next.assertion, next.stream FROM pair CROSS JOIN LATERAL (
                SELECT assertion, stream FROM violation_day
                WHERE project = :project AND (assertion, stream) > (pair.assertion, pair.stream)
                ORDER BY assertion, stream LIMIT 1) next)
            SELECT assertion, stream FROM pair\
            """)
        .param("project", project)
        .query((row, number) -> new Fired(row.getString("assertion"), row.getString("stream")))
        .list();
  }

  /** That an assertion has fired on a stream. */
  record Fired(String assertion, String stream) {}

  static ViolationRow row(ResultSet result, KeySight sight) throws SQLException {
    String version = result.getString("model_version");
    return new ViolationRow(
            result.getObject("day", LocalDate.class),
            result.getString("id"),
            result.getString("assertion"),
            result.getString("expectation"),
            result.getString("stream"),
            result.getString("key"),
            result.getString("subject"),
            result.getString("label"),
            moment(result, "span_from"),
            moment(result, "span_to"),
            moment(result, "at"),
            result.getDouble("severity"),
            Level.valueOf(result.getString("level")),
            Mode.valueOf(result.getString("mode")),
            result.getString("sentence"),
            version == null ? "" : version,
            result.getString("origin"),
            Objects.requireNonNullElse(result.getString("trace"), ""))
        .masked(sight);
  }

  private static Moment moment(ResultSet result, String column) throws SQLException {
    return new Moment(result.getObject(column, OffsetDateTime.class).toInstant());
  }
}
