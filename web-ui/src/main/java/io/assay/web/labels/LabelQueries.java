package io.assay.web.labels;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads labels, each with the violations that the same prediction decided. */
@Repository
class LabelQueries {
  private static final String MATCHES =
      "v.project = l.project AND v.prediction = l.prediction AND v.prediction <> ''"
          + " AND (l.stream = '' OR v.stream = l.stream)";

  private final JdbcClient jdbc;

  LabelQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * How many there are.
   *
   * @param matched those of a prediction that decided a violation which is stored
   * @param unmatched the others: nothing was found wrong, or it is not stored yet
   */
  record Numbers(String source, long labels, long matched, long unmatched) {}

  /**
   * A label.
   *
   * @param fields null for those who may not see private ones
   * @param violations those that the prediction decided, as {@code day/id}; none: it is unmatched
   * @param episodes of these
   */
  record Row(
      String id,
      String prediction,
      String stream,
      String verdict,
      @Nullable JsonNode fields,
      List<String> classes,
      List<String> looked,
      double weight,
      String by,
      String source,
      Instant at,
      List<String> violations,
      List<String> episodes) {}

  List<Numbers> numbers(String project) {
    return jdbc.sql(
            // One look into the index for each, which ends at the first violation.
            """
            SELECT l.source, count(*) AS labels, count(*) FILTER (WHERE EXISTS (
              SELECT FROM violation v WHERE %s)) AS matched
            FROM label l WHERE l.project = ? GROUP BY l.source ORDER BY l.source\
            """
                .formatted(MATCHES))
        .param(project)
        .query(
            (row, number) ->
                new Numbers(
                    row.getString("source"),
                    row.getLong("labels"),
                    row.getLong("matched"),
                    row.getLong("labels") - row.getLong("matched")))
        .list();
  }

  /** The newest, or those of one prediction. */
  List<Row> newest(String project, String prediction, boolean unmatched, int limit, boolean clear) {
    return jdbc.sql(
            """
            SELECT l.*, v.violations, v.episodes
            FROM (SELECT * FROM label l WHERE l.project = ?%s%s ORDER BY l.received DESC, l.id LIMIT ?) l
            CROSS JOIN LATERAL (
              SELECT array_agg(DISTINCT v.episode) AS episodes,
                array_agg(v.day || '/' || v.id ORDER BY v.id) AS violations
              FROM violation v WHERE %s) v
            ORDER BY l.received DESC, l.id\
            """
                .formatted(
                    prediction.isEmpty() ? "" : " AND l.prediction = ?",
                    unmatched
                        ? " AND NOT EXISTS (SELECT FROM violation v WHERE " + MATCHES + ")"
                        : "",
                    MATCHES))
        .params(
            prediction.isEmpty() ? List.of(project, limit) : List.of(project, prediction, limit))
        .query((row, number) -> row(row, clear))
        .list();
  }

  private static Row row(ResultSet row, boolean clear) throws SQLException {
    return new Row(
        row.getString("id"),
        row.getString("prediction"),
        row.getString("stream"),
        row.getString("verdict"),
        clear ? JsonMapper.shared().readTree(row.getString("fields")) : null,
        texts(row.getArray("classes")),
        texts(row.getArray("looked")),
        row.getDouble("weight"),
        row.getString("said_by"),
        row.getString("source"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        texts(row.getArray("violations")),
        texts(row.getArray("episodes")));
  }

  private static List<String> texts(@Nullable Array array) throws SQLException {
    return array != null && array.getArray() instanceof String[] texts
        ? Arrays.asList(texts)
        : List.of();
  }
}
