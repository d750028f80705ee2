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
      SELECT DISTINCT ON (i.id, speaker.name) i.id, speaker.name, l.verdict
      FROM label_item i
      CROSS JOIN LATERAL (
        SELECT prediction, stream FROM violation w
        WHERE w.project = i.project AND w.day = i.day AND w.id = i.violation AND w.prediction <> '' LIMIT 1) v
      JOIN label l ON l.project = i.project AND l.prediction = v.prediction AND (l.stream = '' OR l.stream = v.stream)
      CROSS JOIN LATERAL (SELECT CASE WHEN l.source = 'label-studio' THEN l.said_by
        ELSE l.source || ':' || l.said_by END AS name) speaker
      WHERE i.project = :project AND i.round = (SELECT max(number) FROM label_round WHERE project = :project)
        AND l.verdict <> '' AND l.said_by <> '' AND l.at <= :now
        AND cardinality(l.classes) = 0 AND cardinality(l.looked) = 0
        AND NOT EXISTS (SELECT FROM label_verdict s WHERE s.project = i.project AND s.item = i.id
          AND s.reviewer = speaker.name AND s.at >= l.at)
      ORDER BY i.id, speaker.name, l.at DESC, l.id
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
