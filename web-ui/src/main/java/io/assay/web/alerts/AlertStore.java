package io.assay.web.alerts;

import io.assay.assertion.alert.Alert;
import io.assay.assertion.alert.AlertBoard;
import io.assay.assertion.alert.AlertGroup;
import io.assay.assertion.alert.AlertPhase;
import io.assay.assertion.alert.AlertRule;
import io.assay.assertion.alert.AlertSighting;
import io.assay.assertion.alert.AlertState;
import io.assay.assertion.alert.AlertTransition;
import io.assay.assertion.alert.Silence;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The board of a project, as the database keeps it from look to look. */
@Component
class AlertStore {
  private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final String PUT =
      """
      INSERT INTO alert AS known (project, fingerprint, assertion, rule, labels, annotations, routes, phase, active_at,
        fired_at, kept_since, resolved_at, evaluated, violation, silenced)
      VALUES (?, ?, ?, ?, ?::json, ?::json, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (project, fingerprint) DO UPDATE SET
        labels = excluded.labels, annotations = excluded.annotations, routes = excluded.routes,
        phase = excluded.phase, active_at = excluded.active_at, fired_at = excluded.fired_at,
        kept_since = excluded.kept_since, resolved_at = excluded.resolved_at,
        evaluated = excluded.evaluated, violation = excluded.violation, silenced = excluded.silenced,
        acknowledged_by = CASE WHEN known.fired_at = excluded.fired_at AND excluded.phase = 'FIRING'
          THEN known.acknowledged_by END,
        acknowledged_at = CASE WHEN known.fired_at = excluded.fired_at AND excluded.phase = 'FIRING'
          THEN known.acknowledged_at END\
      """;

  private static final String NOTE =
      """
      INSERT INTO alert_history (project, at, fingerprint, assertion, condition, level, from_phase, to_phase, summary)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """;

  private static final String GROUP =
      """
      INSERT INTO alert_group (project, route, key, labels, told, notified, waiting) VALUES (?, ?, ?, ?::json, ?, ?, ?)
      ON CONFLICT (project, route, key) DO UPDATE SET
        labels = excluded.labels, told = excluded.told, notified = excluded.notified, waiting = excluded.waiting\
      """;

  private final JdbcClient jdbc;
  private final JdbcTemplate batches;

  AlertStore(JdbcClient jdbc, JdbcTemplate batches) {
    this.jdbc = jdbc;
    this.batches = batches;
  }

  AlertBoard board(String project) {
    Map<String, Alert> alerts = new HashMap<>();
    jdbc.sql("SELECT * FROM alert WHERE project = ?")
        .param(project)
        .query(
            row -> {
              Alert alert = alert(row);
              alerts.put(alert.fingerprint(), alert);
            });
    List<AlertGroup> groups =
        jdbc.sql("SELECT * FROM alert_group WHERE project = ? ORDER BY route, key")
            .param(project)
            .query((row, number) -> group(row))
            .list();
    return new AlertBoard(alerts, groups);
  }

  static Alert alert(ResultSet row) throws SQLException {
    return new Alert(
        row.getString("fingerprint"),
        row.getString("rule"),
        JSON.readValue(row.getString("labels"), TEXTS),
        JSON.readValue(row.getString("annotations"), TEXTS),
        texts(row, "routes"),
        new AlertState(
            AlertPhase.valueOf(row.getString("phase")),
            instant(row, "active_at"),
            instant(row, "fired_at"),
            instant(row, "kept_since"),
            instant(row, "resolved_at"),
            instant(row, "evaluated")),
        Optional.ofNullable(row.getString("violation")),
        Optional.ofNullable(row.getString("acknowledged_by")));
  }

  private static AlertGroup group(ResultSet row) throws SQLException {
    return new AlertGroup(
        row.getString("route"),
        row.getString("key"),
        JSON.readValue(row.getString("labels"), TEXTS),
        new TreeSet<>(texts(row, "told")),
        instant(row, "notified"),
        instant(row, "waiting"));
  }

  static List<String> texts(ResultSet row, String column) throws SQLException {
    Array array = row.getArray(column);
    return Arrays.asList((String[]) array.getArray());
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  static @Nullable OffsetDateTime time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  /**
   * What a look has made of it: states, what has changed, and what people know.
   *
   * @param silences that are on or will be
   */
  void put(
      String project,
      AlertBoard before,
      AlertBoard.Look look,
      List<Silence> silences,
      Instant now) {
    AlertBoard after = look.board();
    batches.batchUpdate(
        PUT,
        after.alerts().values().stream()
            .map(alert -> row(project, alert, isSilenced(alert.labels(), silences, now)))
            .toList());
    List<String> gone = new ArrayList<>(before.alerts().keySet());
    gone.removeAll(after.alerts().keySet());
    if (!gone.isEmpty()) {
      jdbc.sql("DELETE FROM alert WHERE project = ? AND fingerprint = ANY (?)")
          .params(project, gone.toArray(String[]::new))
          .update();
    }
    batches.batchUpdate(NOTE, look.transitions().stream().map(t -> row(project, t)).toList());
    List<AlertGroup> changed = new ArrayList<>(after.groups());
    changed.removeAll(before.groups());
    batches.batchUpdate(GROUP, changed.stream().map(group -> row(project, group)).toList());
    for (AlertGroup group : before.groups()) {
      if (after.groups().stream().noneMatch(other -> isSame(group, other))) {
        jdbc.sql("DELETE FROM alert_group WHERE project = ? AND route = ? AND key = ?")
            .params(project, group.route(), group.key())
            .update();
      }
    }
  }

  private static boolean isSilenced(
      Map<String, String> labels, List<Silence> silences, Instant now) {
    return silences.stream().anyMatch(one -> one.silences(labels, now));
  }

  private record Shelved(String fingerprint, boolean silenced, boolean wanted) {}

  /**
   * Notes what silences that came or went hide of what fires. A look that has begun before may note
   * the old ones once more; the next one mends it.
   */
  void shelve(String project, List<Silence> silences, Instant now) {
    // In the order in which a look writes them: neither waits for the other in turn.
    List<Shelved> known =
        jdbc.sql(
                "SELECT fingerprint, labels, silenced FROM alert WHERE project = ? AND phase ="
                    + " 'FIRING' ORDER BY fingerprint FOR UPDATE")
            .param(project)
            .query(
                (row, number) ->
                    new Shelved(
                        row.getString("fingerprint"),
                        row.getBoolean("silenced"),
                        isSilenced(JSON.readValue(row.getString("labels"), TEXTS), silences, now)))
            .list();
    jdbc.sql("UPDATE alert SET silenced = NOT silenced WHERE project = ? AND fingerprint = ANY (?)")
        .params(
            project,
            known.stream()
                .filter(one -> one.silenced() != one.wanted())
                .map(Shelved::fingerprint)
                .toArray(String[]::new))
        .update();
  }

  private static boolean isSame(AlertGroup one, AlertGroup other) {
    return one.route().equals(other.route()) && one.key().equals(other.key());
  }

  private static @Nullable Object[] row(String project, Alert alert, boolean silenced) {
    AlertState state = alert.state();
    return new @Nullable Object[] {
      project,
      alert.fingerprint(),
      alert.labels().getOrDefault(AlertRule.NAME, ""),
      alert.rule(),
      JSON.writeValueAsString(alert.labels()),
      JSON.writeValueAsString(alert.annotations()),
      alert.routes().toArray(String[]::new),
      alert.phase().name(),
      time(state.activeAt()),
      time(state.firedAt()),
      time(state.keptSince()),
      time(state.resolvedAt()),
      time(state.evaluated()),
      alert.violation().orElse(null),
      silenced
    };
  }

  private static @Nullable Object[] row(String project, AlertTransition transition) {
    Alert alert = transition.alert();
    return new @Nullable Object[] {
      project,
      time(transition.at()),
      alert.fingerprint(),
      alert.labels().getOrDefault(AlertRule.NAME, ""),
      alert.labels().getOrDefault(AlertRule.CONDITION, ""),
      alert.labels().getOrDefault(AlertRule.LEVEL, ""),
      transition.from().name(),
      transition.to().name(),
      alert.annotations().getOrDefault(AlertSighting.SUMMARY, "")
    };
  }

  private static @Nullable Object[] row(String project, AlertGroup group) {
    return new @Nullable Object[] {
      project,
      group.route(),
      group.key(),
      JSON.writeValueAsString(group.labels()),
      group.told().toArray(String[]::new),
      time(group.notified()),
      time(group.waiting())
    };
  }

  /** Notes that a project was looked at. */
  void looked(String project, Instant at) {
    jdbc.sql(
            "INSERT INTO alert_look (project, at) VALUES (?, ?)"
                + " ON CONFLICT (project) DO UPDATE SET at = excluded.at")
        .params(project, at.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** Changes that are older are forgotten. */
  void forget(Instant before) {
    jdbc.sql("DELETE FROM alert_history WHERE at < ?").param(time(before)).update();
  }
}
