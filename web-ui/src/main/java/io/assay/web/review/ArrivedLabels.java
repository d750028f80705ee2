package io.assay.web.review;

import io.assay.assertion.weaklabel.Finding;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Labels that came in, from Label Studio or by {@code assay.labels}, as verdicts of the newest
 * round's items: whoever labels elsewhere has looked, too. Those alone that speak of everything in
 * the event that decided the violation.
 */
@Component
class ArrivedLabels {
  /**
   * The latest of each speaker of each item, later than what they said of it before; what they took
   * back here stays so. Names here and there are not the same people's: each has where it came from
   * before it. A label from the future waits for its time, else it would be new at each look. The
   * limit of one makes each item look its violation up by key, where PostgreSQL may else read those
   * of all days.
   */
  private static final String NEW =
      """
      WITH item AS MATERIALIZED (
        SELECT i.id, v.prediction, v.stream
        FROM label_item i
        CROSS JOIN LATERAL (
          SELECT prediction, stream FROM violation w
          WHERE w.project = i.project AND w.day = i.day AND w.id = i.violation AND w.prediction <> '' LIMIT 1) v
        WHERE i.project = :project AND i.round = (SELECT max(number) FROM label_round WHERE project = :project))
      SELECT DISTINCT ON (i.id, l.name) i.id, l.name, l.verdict
      FROM item i
      CROSS JOIN LATERAL (
        SELECT id, verdict, at, CASE WHEN source = 'label-studio' THEN said_by ELSE source || ':' || said_by END AS name
        FROM label
        WHERE project = :project AND prediction = i.prediction AND (stream = '' OR stream = i.stream)
          AND verdict <> '' AND said_by <> '' AND at <= :now
          AND cardinality(classes) = 0 AND cardinality(looked) = 0
        OFFSET 0) l
      WHERE NOT EXISTS (SELECT FROM label_verdict s WHERE s.project = :project AND s.item = i.id
        AND s.reviewer = l.name AND s.at >= l.at)
      ORDER BY i.id, l.name, l.at DESC, l.id
      LIMIT 1000\
      """;

  private final JdbcClient jdbc;
  private final Verdicts verdicts;
  private final Clock clock;

  ArrivedLabels(JdbcClient jdbc, Verdicts verdicts, Clock clock) {
    this.jdbc = jdbc;
    this.verdicts = verdicts;
    this.clock = clock;
  }

  private record Arrived(String item, String by, Finding finding) {}

  /** Takes those of a project that are new; returns how many. Of several instances one does. */
  @Transactional
  public int take(String project) {
    if (!isFirst(project)) {
      return 0;
    }
    List<Arrived> arrived =
        jdbc.sql(NEW)
            .param("project", project)
            .param("now", ReviewQueue.time(clock.instant()))
            .query(ArrivedLabels::arrived)
            .list();
    for (Arrived one : arrived) {
      var said =
          new Verdicts.Said(
              one.finding(),
              Optional.empty(),
              Optional.empty(),
              "",
              "all",
              Optional.empty(),
              false);
      verdicts.give(project, one.item(), one.by(), said);
    }
    return arrived.size();
  }

  private static Arrived arrived(ResultSet row, int number) throws SQLException {
    String verdict = row.getString("verdict").toUpperCase(Locale.ROOT).replace('-', '_');
    return new Arrived(row.getString("id"), row.getString("name"), Finding.valueOf(verdict));
  }

  private boolean isFirst(String project) {
    return jdbc.sql("SELECT pg_try_advisory_xact_lock(hashtextextended('arrived ' || ?, 0))")
        .param(project)
        .query(Boolean.class)
        .single();
  }
}
