package io.assay.web.alerts;

import io.assay.assertion.alert.AlertCause;
import io.assay.assertion.alert.AlertRule;
import io.assay.assertion.alert.OpenEpisode;
import io.assay.assertion.rule.ir.CheckedAssertion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keys that are silent now, as the processors tell. */
@Component
class SilentKeys {
  /** Of a key that is gone for good nobody asks any more, nor does its topic know of it. */
  static final Duration KEPT = Duration.ofDays(30);

  /** Of its violation the evidence may not be kept; then the worst of its episode shows it. */
  private static final String OPEN =
      """
      SELECT a.rule, s.violation AS id, s.opened, s.since, s.key, s.model_version,
        coalesce(v.day, w.day) AS day, coalesce(v.id, w.id) AS shown, coalesce(v.sentence, w.sentence) AS sentence,
        CASE WHEN a.fields THEN coalesce(v.evidence, w.evidence) #>> '{events,0,fields}' END AS fields
      FROM unnest(:rules::text[], :assertions::text[], :streams::text[], :hashes::text[], :since::text[]::timestamptz[],
        :fields::boolean[]) AS a (rule, assertion, stream, hash, since, fields)
      CROSS JOIN LATERAL (
        SELECT * FROM silent_key
        WHERE project = :project AND assertion = a.assertion AND stream = a.stream AND judgement_hash = a.hash
          AND since <= a.since
        ORDER BY since, violation LIMIT :most) s
      LEFT JOIN violation v
        ON v.project = s.project AND v.day = (s.opened AT TIME ZONE 'UTC')::date AND v.id = s.violation
      LEFT JOIN episode e ON e.project = s.project AND e.id = s.episode
      LEFT JOIN violation w ON v.id IS NULL AND w.project = e.project AND w.day = e.worst_day AND w.id = e.worst_id
      WHERE NOT a.fields OR e.id IS NOT NULL
      ORDER BY a.rule, s.since, s.violation\
      """;

  private final JdbcClient jdbc;

  SilentKeys(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * One of them.
   *
   * @param since from when on, by the clock, it is silent for too long
   */
  record Silent(AlertEpisodes.Shown shown, Instant since) {}

  /**
   * By {@link AlertRule#key()}: those that are silent for long enough, the longest first. Only of
   * rules of which it is told who is silent; those of older processors are not here.
   *
   * @param most of each rule
   */
  Map<String, List<Silent>> open(String project, List<AlertRule> rules, Instant now, int most) {
    Set<String> told = told(project);
    List<AlertRule> asked = new ArrayList<>();
    List<String> since = new ArrayList<>();
    Map<String, List<Silent>> found = new HashMap<>();
    for (AlertRule rule : rules) {
      if (rule.cause() instanceof AlertCause.Open open
          && open.until() == AlertCause.Until.KEY_SPEAKS
          && told.contains(version(rule.assertion()))) {
        asked.add(rule);
        since.add(now.minus(open.lasting()).toString());
        found.put(rule.key(), new ArrayList<>());
      }
    }
    if (!asked.isEmpty()) {
      read(project, asked, since, most, found);
    }
    return found;
  }

  private void read(
      String project,
      List<AlertRule> asked,
      List<String> since,
      int most,
      Map<String, List<Silent>> found) {
    List<CheckedAssertion> assertions = asked.stream().map(AlertRule::assertion).toList();
    jdbc.sql(OPEN)
        .param("project", project)
        .param("rules", asked.stream().map(AlertRule::key).toArray(String[]::new))
        .param("assertions", assertions.stream().map(CheckedAssertion::name).toArray(String[]::new))
        .param("streams", assertions.stream().map(one -> one.on().name()).toArray(String[]::new))
        .param(
            "hashes",
            assertions.stream().map(CheckedAssertion::judgementHash).toArray(String[]::new))
        .param("since", since.toArray(String[]::new))
        .param("fields", asked.stream().map(AlertLabels::needFields).toArray(Boolean[]::new))
        .param("most", most)
        .query(
            row -> {
              found
                  .computeIfAbsent(row.getString("rule"), key -> new ArrayList<>())
                  .add(new Silent(shown(row), instant(row, "since")));
            });
  }

  private Set<String> told(String project) {
    return new HashSet<>(
        jdbc.sql("SELECT assertion || '/' || judgement_hash FROM silence_told WHERE project = ?")
            .param(project)
            .query(String.class)
            .list());
  }

  private static String version(CheckedAssertion assertion) {
    return assertion.name() + '/' + assertion.judgementHash();
  }

  private static AlertEpisodes.Shown shown(ResultSet row) throws SQLException {
    Instant opened = instant(row, "opened");
    Optional<String> day = AlertEpisodes.text(row, "day");
    return new AlertEpisodes.Shown(
        new OpenEpisode(row.getString("id"), opened, opened, row.getString("key"), ""),
        day.isEmpty() ? Optional.empty() : Optional.of(day.get() + "/" + row.getString("shown")),
        AlertEpisodes.text(row, "sentence"),
        AlertEpisodes.text(row, "model_version"),
        AlertEpisodes.text(row, "fields"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /** Those that are silent since before a time are asked for no more. */
  void forget(Instant before) {
    jdbc.sql("DELETE FROM silent_key WHERE since < ?")
        .param(before.atOffset(ZoneOffset.UTC))
        .update();
  }
}
