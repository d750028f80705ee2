package io.assay.web.overview;

import io.assay.assertion.Level;
import io.assay.assertion.Mode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Sums of a project over a period, from the roll-ups by minute alone. */
@Repository
class OverviewQueries {
  private final JdbcClient jdbc;

  OverviewQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The newest minute in which something was judged: an event from the future is in none. */
  Optional<Instant> newest(String project) {
    return jdbc.sql(
            """
            select greatest(
              (select max(minute) from count_minute where project = ? and seen > 0),
              (select max(minute) from violation_minute where project = ? and violations > 0))\
            """)
        .params(project, project)
        .query(OffsetDateTime.class)
        .optional()
        .map(OffsetDateTime::toInstant);
  }

  List<Fired> fired(String project, Period period) {
    return jdbc.sql(
            """
            select assertion, stream, level, mode, minute, sum(violations) as violations,
              max(worst) as worst
            from violation_minute
            where project = ? and minute >= ? and minute < ? and violations > 0
            group by assertion, stream, level, mode, minute order by minute\
            """)
        .params(project, period.startTime(), period.endTime())
        .query(
            (row, number) ->
                new Fired(
                    row.getString("assertion"),
                    row.getString("stream"),
                    Level.valueOf(row.getString("level")),
                    Mode.valueOf(row.getString("mode")),
                    row.getObject("minute", OffsetDateTime.class).toInstant(),
                    row.getLong("violations"),
                    row.getDouble("worst")))
        .list();
  }

  List<Judged> judged(String project, Period period) {
    return jdbc.sql(
            """
            select assertion, stream, sum(judged) as judged, sum(violated) as violated,
              sum(undecided) as undecided
            from count_minute where project = ? and minute >= ? and minute < ?
            group by assertion, stream order by assertion\
            """)
        .params(project, period.startTime(), period.endTime())
        .query(
            (row, number) ->
                new Judged(
                    row.getString("assertion"),
                    row.getString("stream"),
                    row.getLong("judged"),
                    row.getLong("violated"),
                    row.getLong("undecided")))
        .list();
  }

  /** Events by stream and minute: what the assertion that saw most has seen. */
  List<Seen> seen(String project, Period period) {
    return jdbc.sql(
            """
            select stream, minute, max(seen) as seen from (
              select stream, minute, assertion, expectation, sum(seen) as seen
              from count_minute where project = ? and minute >= ? and minute < ?
              group by stream, minute, assertion, expectation) each
            group by stream, minute order by minute\
            """)
        .params(project, period.startTime(), period.endTime())
        .query(
            (row, number) ->
                new Seen(
                    row.getString("stream"),
                    row.getObject("minute", OffsetDateTime.class).toInstant(),
                    row.getLong("seen")))
        .list();
  }

  List<PutAside> late(String project, OffsetDateTime since) {
    return putAside("late_count", "reason", project, since);
  }

  List<PutAside> deadLetters(String project, OffsetDateTime since) {
    return putAside("dead_letter_count", "cause", project, since);
  }

  private List<PutAside> putAside(String table, String why, String project, OffsetDateTime since) {
    return jdbc.sql(
            "select stream, %s as why, sum(events) as events from %s where project = ?"
                    .formatted(why, table)
                + " and minute >= ? group by stream, why order by events desc")
        .params(project, since)
        .query(
            (row, number) ->
                new PutAside(row.getString("stream"), row.getString("why"), row.getLong("events")))
        .list();
  }

  /** Violations of a minute. */
  record Fired(
      String assertion,
      String stream,
      Level level,
      Mode mode,
      Instant minute,
      long violations,
      double worst) {}

  /** What came of judging, in the units of the assertion's kind. */
  record Judged(String assertion, String stream, long judged, long violated, long undecided) {}

  /** Events of a minute. */
  record Seen(String stream, Instant minute, long events) {}

  /** Events that were not judged, and why. */
  record PutAside(String stream, String why, long events) {}
}
