package io.assay.web.review;

import io.assay.assertion.weaklabel.Finding;
import io.assay.assertion.weaklabel.Reviews;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What people found, counted: of flags, of corrections, and of events that were drawn at random.
 */
@Component
public class ReviewCounts {
  private final JdbcClient jdbc;

  ReviewCounts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Corrections that are right or wrong together.
   *
   * @param does such as {@code insert} or {@code remove+set}
   */
  public record Kind(String assertion, String does) {}

  /**
   * Of events that were drawn at random.
   *
   * @param flagged those that an active assertion had flagged
   */
  record Random(Reviews flagged, Reviews unflagged) {}

  /** How right an assertion's flags are, by its name. */
  public Map<String, Reviews> flags(String project) {
    Map<String, Reviews> found = new TreeMap<>();
    jdbc.sql(
            "SELECT assertion, finding, count(*) AS n FROM label_item WHERE project = ?"
                + " AND finding IS NOT NULL AND event IS NULL GROUP BY assertion, finding")
        .param(project)
        .query(
            row -> {
              found.merge(row.getString("assertion"), reviews(row), Reviews::plus);
            });
    return found;
  }

  /**
   * How right corrections are: of each item the latest verdict that speaks of it, settled ones
   * first. One that had to be edited was not right.
   */
  public Map<Kind, Reviews> corrections(String project) {
    Map<Kind, Reviews> found = new LinkedHashMap<>();
    jdbc.sql(
            """
            WITH said AS (
              SELECT DISTINCT ON (v.item) i.assertion, i.correction AS kind, v.correction AS answer
              FROM label_verdict v JOIN label_item i ON i.project = v.project AND i.id = v.item
              WHERE v.project = ? AND v.undone IS NULL AND v.correction IS NOT NULL AND i.correction <> ''
              ORDER BY v.item, v.settles DESC, v.id DESC
            )
            SELECT assertion, kind, count(*) FILTER (WHERE answer = 'ACCEPTED') AS accepted,
              count(*) FILTER (WHERE answer <> 'ACCEPTED') AS other
            FROM said GROUP BY assertion, kind ORDER BY assertion, kind\
            """)
        .param(project)
        .query(
            row -> {
              found.put(
                  new Kind(row.getString("assertion"), row.getString("kind")),
                  new Reviews(row.getLong("accepted"), row.getLong("other"), 0));
            });
    return found;
  }

  /**
   * An event is flagged where the span of a violation of an active assertion reaches over it. An
   * episode reaches over what is right between two violations, too; it tells only where to look,
   * unless it is of a storm, of which not every violation is kept.
   */
  Random random(String project) {
    var sums = new Reviews[] {Reviews.none(), Reviews.none()};
    jdbc.sql(
            """
            SELECT i.finding, EXISTS (SELECT FROM episode e WHERE e.project = i.project AND e.key = i.key
              AND e.stream = i.stream AND e.mode = 'ACTIVE' AND e.began <= i.at AND e.ended >= i.at
              AND (e.counted > 0 OR EXISTS (SELECT FROM violation v WHERE v.project = e.project
                AND v.assertion = e.assertion AND v.episode = e.id AND v.at BETWEEN i.at AND e.lasts
                AND v.day BETWEEN (i.at AT TIME ZONE 'UTC')::date AND (e.lasts AT TIME ZONE 'UTC')::date
                AND v.span_from <= i.at AND v.span_to >= i.at))) AS flagged,
              count(*) AS n
            FROM label_item i
            WHERE i.project = ? AND i.event IS NOT NULL AND i.finding IS NOT NULL
            GROUP BY i.finding, flagged\
            """)
        .param(project)
        .query(
            row -> {
              int which = row.getBoolean("flagged") ? 0 : 1;
              sums[which] = sums[which].plus(reviews(row));
            });
    return new Random(sums[0], sums[1]);
  }

  private static Reviews reviews(ResultSet row) throws SQLException {
    long times = row.getLong("n");
    return switch (Finding.valueOf(row.getString("finding"))) {
      case ERROR -> new Reviews(times, 0, 0);
      case NO_ERROR -> new Reviews(0, times, 0);
      case UNCLEAR -> new Reviews(0, 0, times);
    };
  }
}
