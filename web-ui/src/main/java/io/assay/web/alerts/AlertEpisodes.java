package io.assay.web.alerts;

import io.assay.assertion.alert.AlertCause;
import io.assay.assertion.alert.AlertRule;
import io.assay.assertion.alert.OpenEpisode;
import io.assay.assertion.alert.StreamClock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Episodes that are open, and the violations that show best what is wrong. */
@Component
class AlertEpisodes {
  /** Of one rule; those that are open longest. More alerts than that tell nobody more. */
  static final int MOST = 1_000;

  /** Of all rules of a project: what a look reads, writes and holds in memory. */
  static final int MOST_OF_ALL = 10_000;

  /**
   * What a repair has found opens nothing: it is of long ago, and alerts nobody. Which lasted
   * lately is asked first and by itself, lest the index of the oldest be taken, which knows years;
   * and beside the time of each rule by the least of them, since only of a number that it is given
   * PostgreSQL knows how few rows are beyond.
   */
  private static final String OPEN =
      """
      SELECT a.rule, e.id, e.opened, e.lasts, e.key, e.label, e.model_version, e.worst_day, e.worst_id,
        CASE WHEN a.fields THEN e.evidence #>> '{events,0,fields}' END AS fields, e.sentence
      FROM unnest(:rules::text[], :assertions::text[], :opened::text[]::timestamptz[], :last::text[]::timestamptz[], :fields::boolean[])
        AS a (rule, assertion, opened, last, fields)
      CROSS JOIN LATERAL (
        WITH lately AS MATERIALIZED (
          SELECT id, opened, lasts, key, label, model_version, worst_day, worst_id FROM episode
          WHERE project = :project AND assertion = a.assertion AND mode = 'ACTIVE' AND lasts >= a.last
            AND lasts >= :least::timestamptz)
        SELECT l.*, v.sentence, v.evidence
        FROM (SELECT * FROM lately WHERE opened <= a.opened ORDER BY opened, id) l
        LEFT JOIN violation v ON v.project = :project AND v.day = l.worst_day AND v.id = l.worst_id
        WHERE coalesce(v.origin, 'live') = 'live'
        ORDER BY l.opened, l.id LIMIT :most) e
      ORDER BY a.rule, e.opened, e.id\
      """;

  private static final String NEWEST =
      """
      SELECT a.assertion, v.day, v.id, v.sentence
      FROM unnest(:assertions::text[], :since::text[]::timestamptz[]) AS a (assertion, since)
      CROSS JOIN LATERAL (
        SELECT day, id, sentence FROM violation
        WHERE project = :project AND assertion = a.assertion AND mode = 'ACTIVE' AND origin = 'live'
          AND at >= date_trunc('hour', a.since, 'UTC') AND day >= (a.since AT TIME ZONE 'UTC')::date
        ORDER BY at DESC, id LIMIT 1) v\
      """;

  private final JdbcClient jdbc;

  AlertEpisodes(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * An episode and what shows it.
   *
   * @param violation the path of its worst; empty where the database does not have it yet
   * @param fields the first event of that as JSON, where it was asked for
   */
  record Shown(
      OpenEpisode episode,
      Optional<String> violation,
      Optional<String> sentence,
      Optional<String> version,
      Optional<String> fields) {}

  /**
   * By {@link AlertRule#key()}: those open long enough, the longest first.
   *
   * @param most of each rule
   */
  Map<String, List<Shown>> open(
      String project, List<AlertRule> rules, Map<String, StreamClock> clocks, int most) {
    List<AlertRule> asked = new ArrayList<>();
    List<Instant> opened = new ArrayList<>();
    List<Instant> last = new ArrayList<>();
    for (AlertRule rule : rules) {
      StreamClock clock = clocks.get(rule.assertion().on().name());
      if (clock != null && rule.cause() instanceof AlertCause.Open open) {
        asked.add(rule);
        opened.add(clock.reached().minus(open.lasting()));
        last.add(
            switch (open.until()) {
              case QUIET -> clock.reached().minus(open.quiet());
              case KEY_SPEAKS, STREAM_SPEAKS -> clock.newest();
            });
      }
    }
    Map<String, List<Shown>> found = new HashMap<>();
    if (!asked.isEmpty()) {
      jdbc.sql(OPEN)
          .param("project", project)
          .param("rules", asked.stream().map(AlertRule::key).toArray(String[]::new))
          .param(
              "assertions",
              asked.stream().map(rule -> rule.assertion().name()).toArray(String[]::new))
          .param("opened", texts(opened))
          .param("least", Collections.min(last).atOffset(ZoneOffset.UTC))
          .param("last", texts(last))
          .param("fields", asked.stream().map(AlertLabels::needFields).toArray(Boolean[]::new))
          .param("most", most)
          .query(
              row -> {
                found
                    .computeIfAbsent(row.getString("rule"), key -> new ArrayList<>())
                    .add(shown(row));
              });
    }
    return found;
  }

  private static String[] texts(List<Instant> times) {
    return times.stream().map(Instant::toString).toArray(String[]::new);
  }

  /** So many of each rule are looked at. */
  static int most(List<AlertRule> rules) {
    long asked = rules.stream().filter(rule -> rule.cause() instanceof AlertCause.Open).count();
    return Math.clamp(MOST_OF_ALL / Math.max(1, asked), 1, MOST);
  }

  private static Shown shown(ResultSet row) throws SQLException {
    var episode =
        new OpenEpisode(
            row.getString("id"),
            row.getObject("opened", OffsetDateTime.class).toInstant(),
            row.getObject("lasts", OffsetDateTime.class).toInstant(),
            row.getString("key"),
            row.getString("label"));
    return new Shown(
        episode,
        Optional.of(row.getString("worst_day") + "/" + row.getString("worst_id")),
        text(row, "sentence"),
        text(row, "model_version"),
        text(row, "fields"));
  }

  static Optional<String> text(ResultSet row, String column) throws SQLException {
    @Nullable String text = row.getString(column);
    return Optional.ofNullable(text);
  }

  /** The newest violation of an assertion. */
  record Newest(String violation, String sentence) {}

  /**
   * By assertion, since a time each, or in that hour before: of a storm the first of an hour are
   * kept.
   */
  Map<String, Newest> newest(String project, Map<String, Instant> since) {
    Map<String, Newest> found = new HashMap<>();
    if (!since.isEmpty()) {
      jdbc.sql(NEWEST)
          .param("project", project)
          .param("assertions", since.keySet().toArray(String[]::new))
          .param("since", since.values().stream().map(Instant::toString).toArray(String[]::new))
          .query(
              row -> {
                found.put(
                    row.getString("assertion"),
                    new Newest(
                        row.getString("day") + "/" + row.getString("id"),
                        row.getString("sentence")));
              });
    }
    return found;
  }
}
