package io.assay.web.labels;

import io.assay.web.system.Moment;
import io.assay.web.system.TimePlace;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads labels, each with the violations that the same prediction decided. */
@Repository
class LabelQueries {
  /** Of most labels nothing is looked for: that takes a look into every day's partition. */
  private static final String MATCHES =
      "l.matched AND v.project = l.project AND v.prediction = l.prediction AND v.prediction <> ''"
          + " AND (l.stream = '' OR v.stream = l.stream)";

  private final JdbcClient jdbc;

  LabelQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * How many there are.
   *
   * @param matched those of a prediction that decided a violation, though it may be over by now
   * @param unmatched the others: nothing was found wrong, or it is not stored yet
   */
  record Numbers(String source, long labels, long matched, long unmatched) {}

  /**
   * A label.
   *
   * @param at when it was said
   * @param received when it came in, which orders lists
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
      Instant received,
      List<String> violations,
      List<String> episodes) {
    /** In the list. */
    TimePlace place() {
      return new TimePlace(received, id);
    }

    /** For pages: when it came in. */
    public Moment moment() {
      return new Moment(received);
    }
  }

  /**
   * Which labels.
   *
   * @param prediction, source and verdict; empty: any
   * @param matched whether their predictions decided a violation; empty: any
   * @param oldest whether those that came first are first
   * @param after the place of the last that the answer before had; empty: from the first
   */
  record Wish(
      String prediction,
      String source,
      String verdict,
      Optional<Boolean> matched,
      boolean oldest,
      Optional<TimePlace> after) {
    private String where() {
      return (prediction.isEmpty() ? "" : " AND l.prediction = :prediction")
          + (source.isEmpty() ? "" : " AND l.source = :source")
          + (verdict.isEmpty() ? "" : " AND l.verdict = :verdict")
          + matched.map(is -> is ? " AND l.matched" : " AND NOT l.matched").orElse("")
          + (after.isEmpty()
              ? ""
              : " AND (l.received, l.id) " + (oldest ? '>' : '<') + " (:received, :id)");
    }
  }

  List<Numbers> numbers(String project) {
    return jdbc.sql(
            """
            SELECT source, count(*) AS labels, count(*) FILTER (WHERE matched) AS matched
            FROM label WHERE project = ? GROUP BY source ORDER BY source\
            """)
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

  /** Those that are wished, by key and never by offset. */
  List<Row> list(String project, Wish wish, int limit, boolean clear) {
    String way = wish.oldest() ? "" : " DESC";
    return jdbc.sql(
            """
            SELECT l.*, v.violations, v.episodes
            FROM (SELECT * FROM label l WHERE l.project = :project%1$s
              ORDER BY l.received%2$s, l.id%2$s LIMIT :limit) l
            CROSS JOIN LATERAL (
              SELECT array_agg(DISTINCT v.episode) AS episodes,
                array_agg(v.day || '/' || v.id ORDER BY v.id) AS violations
              FROM violation v WHERE %3$s) v
            ORDER BY l.received%2$s, l.id%2$s\
            """
                .formatted(wish.where(), way, MATCHES))
        .param("project", project)
        .param("prediction", wish.prediction())
        .param("source", wish.source())
        .param("verdict", wish.verdict())
        .param("received", wish.after().map(place -> time(place.at())).orElse(null))
        .param("id", wish.after().map(TimePlace::id).orElse(""))
        .param("limit", limit)
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
        row.getObject("received", OffsetDateTime.class).toInstant(),
        texts(row.getArray("violations")),
        texts(row.getArray("episodes")));
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  private static List<String> texts(@Nullable Array array) throws SQLException {
    return array != null && array.getArray() instanceof String[] texts
        ? Arrays.asList(texts)
        : List.of();
  }
}
