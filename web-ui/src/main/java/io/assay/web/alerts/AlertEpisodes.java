package io.assay.web.alerts;

import io.assay.assertion.alert.AlertCause;
import io.assay.assertion.alert.AlertRule;
import io.assay.assertion.alert.OpenEpisode;
import io.assay.assertion.alert.StreamClock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
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

  /** What a repair has found opens nothing: it is of long ago, and alerts nobody. */
  private static final String OPEN =
      """
      SELECT a.rule, e.id, e.opened, e.lasts, e.key, e.label, e.model_version, e.worst_day, e.worst_id,
        CASE WHEN a.fields THEN v.evidence #>> '{events,0,fields}' END AS fields, v.sentence
      FROM unnest(:rules::text[], :assertions::text[], :opened::text[]::timestamptz[], :last::text[]::timestamptz[], :fields::boolean[])
        AS a (rule, assertion, opened, last, fields)
      CROSS JOIN LATERAL (
        SELECT * FROM episode
        WHERE project = :project AND assertion = a.assertion AND mode = 'ACTIVE' AND lasts >= a.last AND opened <= a.opened
        ORDER BY opened, id LIMIT :most) e
      LEFT JOIN violation v ON v.project = e.project AND v.day = e.worst_day AND v.id = e.worst_id
      WHERE coalesce(v.origin, 'live') = 'live'
      ORDER BY a.rule, e.opened, e.id\
      """;

  private static final String NEWEST =
      """
      SELECT a.assertion, v.day, v.id, v.sentence
      FROM unnest(:assertions::text[], :since::text[]::timestamptz[]) AS a (assertion, since)
      CROSS JOIN LATERAL (
        SELECT day, id, sentence FROM violation
        WHERE project = :project AND assertion = a.assertion AND mode = 'ACTIVE' AND origin = 'live'
          AND at >= a.since AND day >= (a.since AT TIME ZONE 'UTC')::date
        ORDER BY at DESC, id LIMIT 1) v\
      """;

  private final JdbcClient jdbc;

  AlertEpisodes(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * An episode and what shows it.
   *
   * @param violation the path of its worst
   * @param fields the first event of that as JSON, where it was asked for
   */
  record Shown(
      OpenEpisode episode,
      String violation,
      Optional<String> sentence,
      Optional<String> version,
      Optional<String> fields) {}

  /** By {@link AlertRule#key()}: those open long enough, the longest first. */
  Map<String, List<Shown>> open(
      String project, List<AlertRule> rules, Map<String, StreamClock> clocks) {
    List<AlertRule> asked = new ArrayList<>();
    List<String> opened = new ArrayList<>();
    List<String> last = new ArrayList<>();
    for (AlertRule rule : rules) {
      StreamClock clock = clocks.get(rule.assertion().on().name());
      if (clock != null && rule.cause() instanceof AlertCause.Open open) {
        asked.add(rule);
        opened.add(clock.reached().minus(open.lasting()).toString());
        last.add(
            (open.untilNext() ? clock.newest() : clock.reached().minus(open.quiet())).toString());
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
          .param("opened", opened.toArray(String[]::new))
          .param("last", last.toArray(String[]::new))
          .param("fields", asked.stream().map(AlertLabels::needFields).toArray(Boolean[]::new))
          .param("most", MOST)
          .query(
              row -> {
                found
                    .computeIfAbsent(row.getString("rule"), key -> new ArrayList<>())
                    .add(shown(row));
              });
    }
    return found;
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
        row.getString("worst_day") + "/" + row.getString("worst_id"),
        text(row, "sentence"),
        text(row, "model_version"),
        text(row, "fields"));
  }

  private static Optional<String> text(ResultSet row, String column) throws SQLException {
    @Nullable String text = row.getString(column);
    return Optional.ofNullable(text);
  }

  /** The newest violation of an assertion. */
  record Newest(String violation, String sentence) {}

  /** By assertion, since a time each. */
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
