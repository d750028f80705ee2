package io.assay.web.figures;

import io.assay.web.rates.Counted;
import io.assay.web.rates.Period;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How often windows of an assertion were violated in one segment, and how often in another. */
@Component
public class SegmentRates {
  /** Windows that are looked at of all segments together, or {@link #FEWEST} of each. */
  static final int MOST = 10_000;

  static final int FEWEST = 50;

  /** Segments at most, by their names. */
  static final int SEGMENTS = 500;

  /** A look by key for each segment: what an assertion has of windows may be millions. */
  private static final String RATES =
      """
      WITH RECURSIVE series AS (
        (SELECT lines, segment FROM window_figures
          WHERE project = :project AND assertion = :assertion
          ORDER BY lines, segment LIMIT 1)
        UNION ALL
        SELECT following.* FROM series s CROSS JOIN LATERAL (
          SELECT lines, segment FROM window_figures
          WHERE project = :project AND assertion = :assertion AND (lines, segment) > (s.lines, s.segment)
          ORDER BY lines, segment LIMIT 1) following),
      segments AS (SELECT * FROM series WHERE segment <> '' LIMIT :segments),
      each AS (SELECT greatest(:fewest, :most / greatest(1, count(*))) AS most FROM segments)
      SELECT s.segment, count(*) FILTER (WHERE w.violated) AS violated,
        count(*) FILTER (WHERE w.held AND NOT w.violated) AS held,
        count(*) FILTER (WHERE NOT w.held AND NOT w.violated) AS undecided
      FROM segments s CROSS JOIN LATERAL (
        SELECT brief @> '{"lines": [{"outcome": "VIOLATED"}]}' AS violated,
          brief @> '{"lines": [{"outcome": "HELD"}]}' AS held
        FROM window_figures
        WHERE project = :project AND assertion = :assertion AND lines = s.lines AND segment = s.segment
          AND begins < :end AND ends > :start AND NOT open
        ORDER BY begins DESC LIMIT (SELECT most FROM each)) w
      GROUP BY s.segment\
      """;

  private final JdbcClient jdbc;

  SegmentRates(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Closed windows by their segments, such as {@code region north}; empty where windows are not
   * cut. One is violated where one of its lines is, and undecided where none could be judged.
   *
   * @param period of which the newest windows are looked at, as many of each segment
   */
  public Map<String, Counted> of(String project, String assertion, Period period) {
    Map<String, Counted> rates = new TreeMap<>();
    jdbc.sql(RATES)
        .param("project", project)
        .param("assertion", assertion)
        .param("start", period.startTime())
        .param("end", period.endTime())
        .param("segments", SEGMENTS)
        .param("fewest", FEWEST)
        .param("most", MOST)
        .query(
            row -> {
              long held = row.getLong("held");
              long violated = row.getLong("violated");
              long undecided = row.getLong("undecided");
              long judged = held + violated;
              rates.put(
                  row.getString("segment"),
                  new Counted(0, judged + undecided, judged, held, violated, undecided, 0));
            });
    return rates;
  }
}
