package io.assay.web.rounds;

import io.assay.assertion.selection.Firing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rounds in the database. */
@Component
class RoundStore {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final TypeReference<Map<String, Firing>> FIRING = new TypeReference<>() {};
  private static final String SELECT =
      "SELECT number, opened, opened_by, seed, plan, closed, closed_by, closed_why, trained,"
          + " trained_at, seen_at FROM label_round WHERE project = ?";

  private static final String STREAMS =
      "SELECT DISTINCT stream FROM label_item WHERE project = :project AND round = :round";

  private final JdbcClient jdbc;

  RoundStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** How a round was chosen. */
  record Chosen(int budget, Map<String, Firing> firing, String why) {}

  /** The newest first. */
  List<LabelRound> all(String project, int limit) {
    return all(project, Long.MAX_VALUE, limit);
  }

  /** The newest first, of those with a smaller number. */
  List<LabelRound> all(String project, long before, int limit) {
    return jdbc.sql(SELECT + " AND number < ? ORDER BY number DESC LIMIT ?")
        .params(project, before, limit)
        .query(RoundStore::round)
        .list();
  }

  Optional<LabelRound> one(String project, long number) {
    return jdbc.sql(SELECT + " AND number = ?")
        .params(project, number)
        .query(RoundStore::round)
        .optional();
  }

  Optional<LabelRound> newest(String project) {
    return all(project, 1).stream().findFirst();
  }

  void open(String project, long number, Instant at, String by, long seed, Chosen chosen) {
    jdbc.sql(
            "INSERT INTO label_round (project, number, opened, opened_by, seed, plan)"
                + " VALUES (?, ?, ?, ?, ?, ?::jsonb)")
        .params(project, number, time(at), by, seed, JSON.writeValueAsString(chosen))
        .update();
  }

  void close(String project, long number, Instant at, String by, String why) {
    jdbc.sql(
            "UPDATE label_round SET closed = ?, closed_by = ?, closed_why = ?"
                + " WHERE project = ? AND number = ? AND closed IS NULL")
        .params(time(at), by, why, project, number)
        .update();
  }

  void trained(String project, long number, String version, Instant at) {
    jdbc.sql(
            "UPDATE label_round SET trained = ?, trained_at = ?, seen_at = NULL"
                + " WHERE project = ? AND number = ?")
        .params(version, time(at), project, number)
        .update();
  }

  void seen(String project, long number, String version, Instant at) {
    jdbc.sql("UPDATE label_round SET trained = ?, seen_at = ? WHERE project = ? AND number = ?")
        .params(version, time(at), project, number)
        .update();
  }

  /**
   * Event time of the first episode of the round's streams that a version is named in; else the
   * minute of the first event, for a version may violate nothing.
   */
  Optional<Instant> firstSeen(String project, long round, String version, Instant since) {
    return firstViolated(project, round, version, since)
        .or(
            () ->
                jdbc.sql(
                        """
                        SELECT min(m.first) FROM (%s) s JOIN model_version_seen m ON m.project = :project
                          AND m.stream = s.stream AND m.version = :version AND m.first >= date_trunc('minute', :since)\
                        """
                            .formatted(STREAMS))
                    .param("project", project)
                    .param("round", round)
                    .param("version", version)
                    .param("since", time(since))
                    .query(OffsetDateTime.class)
                    .optional()
                    .map(OffsetDateTime::toInstant));
  }

  private Optional<Instant> firstViolated(
      String project, long round, String version, Instant since) {
    return jdbc.sql(
            """
            SELECT min(e.opened) FROM (%s) s JOIN episode e
              ON e.project = :project AND e.stream = s.stream AND e.model_version = :version AND e.opened >= :since\
            """
                .formatted(STREAMS))
        .param("project", project)
        .param("round", round)
        .param("version", version)
        .param("since", time(since))
        .query(OffsetDateTime.class)
        .optional()
        .map(OffsetDateTime::toInstant);
  }

  /**
   * A version that nothing of its stream before a time names, and an episode since does, the first
   * of them, or else an event; of the streams that the round has items of, for a new version of
   * another model has not learned from it.
   */
  Optional<Version> newVersion(String project, long round, Instant since) {
    return newlyViolated(project, round, since).or(() -> newlyNamed(project, round, since));
  }

  /** What nothing has violated: that is what labels are for. To the minute. */
  private Optional<Version> newlyNamed(String project, long round, Instant since) {
    return first(
        """
        SELECT m.version AS name, m.first AS at
        FROM (%s) s JOIN model_version_seen m ON m.project = :project AND m.stream = s.stream
        WHERE m.first >= date_trunc('minute', :since)
          AND NOT EXISTS (SELECT FROM episode e WHERE e.project = :project AND e.stream = m.stream
            AND e.model_version = m.version AND e.opened < :since)
        ORDER BY at, name LIMIT 1\
        """
            .formatted(STREAMS),
        project,
        round,
        since);
  }

  /** Costs a look into the index for each version, however many episodes there are. */
  private Optional<Version> newlyViolated(String project, long round, Instant since) {
    return first(
        """
        WITH RECURSIVE version AS (
          SELECT s.stream, (SELECT min(e.model_version) FROM episode e
            WHERE e.project = :project AND e.stream = s.stream) AS name
          FROM (%s) s
          UNION ALL
          SELECT v.stream, (SELECT min(e.model_version) FROM episode e
            WHERE e.project = :project AND e.stream = v.stream AND e.model_version > v.name)
          FROM version v WHERE v.name IS NOT NULL
        )
        SELECT v.name, f.at
        FROM version v CROSS JOIN LATERAL (SELECT min(e.opened) AS at FROM episode e
          WHERE e.project = :project AND e.stream = v.stream AND e.model_version = v.name) f
        WHERE f.at >= :since ORDER BY f.at, v.name LIMIT 1\
        """
            .formatted(STREAMS),
        project,
        round,
        since);
  }

  /** Of {@code name} and {@code at}, for a round's streams. */
  private Optional<Version> first(String sql, String project, long round, Instant since) {
    return jdbc.sql(sql)
        .param("project", project)
        .param("round", round)
        .param("since", time(since))
        .query(
            (row, number) ->
                new Version(
                    row.getString("name"), row.getObject("at", OffsetDateTime.class).toInstant()))
        .optional();
  }

  /** A version of the model, and event time of the first that names it. */
  record Version(String name, Instant at) {}

  /** How often assertions were violated, of how many judged, from one minute to another. */
  Map<String, Firing> firing(String project, Instant from, Instant to) {
    Map<String, Firing> found = new HashMap<>();
    jdbc.sql(
            "SELECT assertion, sum(violated) AS violated, sum(judged) AS judged FROM count_minute"
                + " WHERE project = ? AND minute >= ? AND minute < ? GROUP BY assertion")
        .params(project, time(from), time(to))
        .query(
            row -> {
              found.put(
                  row.getString("assertion"),
                  new Firing(row.getLong("violated"), row.getLong("judged")));
            });
    return found;
  }

  /** How many of a round's items wait for people, and how many do not. */
  Progress progress(String project, long number) {
    return progress(project, number, number).getOrDefault(number, Progress.NONE);
  }

  /** Of each round from one number to another that has items. */
  Map<Long, Progress> progress(String project, long from, long to) {
    Map<Long, Progress> found = new HashMap<>();
    jdbc.sql(
            "SELECT round, count(*) AS items, count(*) FILTER (WHERE status IN ('AGREED',"
                + " 'SETTLED')) AS done, count(*) FILTER (WHERE status = 'DISPUTED') AS disputed,"
                + " count(*) FILTER (WHERE finding = 'ERROR') AS errors FROM label_item WHERE"
                + " project = ? AND round BETWEEN ? AND ? GROUP BY round")
        .params(project, from, to)
        .query(
            row -> {
              found.put(
                  row.getLong("round"),
                  new Progress(
                      row.getLong("items"),
                      row.getLong("done"),
                      row.getLong("disputed"),
                      row.getLong("errors")));
            });
    return found;
  }

  /**
   * Of a round.
   *
   * @param done of which it is known what holds
   * @param errors of those
   */
  record Progress(long items, long done, long disputed, long errors) {
    static final Progress NONE = new Progress(0, 0, 0, 0);
  }

  private static LabelRound round(ResultSet row, int number) throws SQLException {
    JsonNode plan = JSON.readTree(row.getString("plan"));
    return new LabelRound(
        row.getLong("number"),
        instant(row, "opened"),
        row.getString("opened_by"),
        plan.path("budget").asInt(0),
        row.getLong("seed"),
        JSON.convertValue(plan.path("firing"), FIRING),
        plan.path("why").asString(""),
        Optional.ofNullable(row.getObject("closed", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        text(row, "closed_by"),
        text(row, "closed_why"),
        Optional.ofNullable(row.getString("trained")),
        Optional.ofNullable(row.getObject("trained_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        Optional.ofNullable(row.getObject("seen_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant));
  }

  private static String text(ResultSet row, String column) throws SQLException {
    @Nullable String text = row.getString(column);
    return text == null ? "" : text;
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
