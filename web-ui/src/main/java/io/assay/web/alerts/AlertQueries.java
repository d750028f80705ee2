package io.assay.web.alerts;

import io.assay.assertion.alert.Alert;
import io.assay.assertion.alert.AlertSighting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Alerts and their history, as pages and programs ask for them. */
@Repository
class AlertQueries {
  private final JdbcClient jdbc;

  AlertQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A change of a phase.
   *
   * @param id counts up
   */
  record Change(
      long id,
      Instant at,
      String fingerprint,
      String assertion,
      String condition,
      String level,
      String from,
      String to,
      String summary) {}

  /** Those that fire first, then those that wait; the newest first; 1,000 at most. */
  List<Alert> open(String project) {
    List<Alert> open =
        jdbc.sql(
                """
                SELECT * FROM alert WHERE project = ? AND phase IN ('PENDING', 'FIRING')
                ORDER BY phase, coalesce(fired_at, active_at) DESC, fingerprint LIMIT 1000\
                """)
            .param(project)
            .query((row, number) -> AlertStore.alert(row))
            .list();
    return List.copyOf(open);
  }

  /** How many fire. */
  long firing(String project) {
    return jdbc.sql("SELECT count(*) FROM alert WHERE project = ? AND phase = 'FIRING'")
        .param(project)
        .query(Long.class)
        .single();
  }

  Optional<Alert> one(String project, String fingerprint) {
    return jdbc.sql("SELECT * FROM alert WHERE project = ? AND fingerprint = ?")
        .params(project, fingerprint)
        .query((row, number) -> AlertStore.alert(row))
        .optional();
  }

  /**
   * Newest first, before a number.
   *
   * @param fingerprint of one alert; empty for all
   * @param assertion of one assertion; empty for all
   */
  List<Change> history(
      String project, String fingerprint, String assertion, long before, int most) {
    var sql = new StringBuilder("SELECT * FROM alert_history WHERE project = ? AND id < ?");
    List<Object> params = new ArrayList<>(List.of(project, before));
    if (!fingerprint.isEmpty()) {
      sql.append(" AND fingerprint = ?");
      params.add(fingerprint);
    }
    if (!assertion.isEmpty()) {
      sql.append(" AND assertion = ?");
      params.add(assertion);
    }
    params.add(most);
    return jdbc.sql(sql.append(" ORDER BY id DESC LIMIT ?").toString())
        .params(params)
        .query((row, number) -> change(row))
        .list();
  }

  private static Change change(ResultSet row) throws SQLException {
    return new Change(
        row.getLong("id"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getString("fingerprint"),
        row.getString("assertion"),
        row.getString("condition"),
        row.getString("level"),
        row.getString("from_phase"),
        row.getString("to_phase"),
        row.getString("summary"));
  }

  /** Whether it fires, and somebody sees to it now. */
  boolean acknowledge(String project, String fingerprint, String by, Instant now) {
    return jdbc.sql(
                "UPDATE alert SET acknowledged_by = ?, acknowledged_at = ?"
                    + " WHERE project = ? AND fingerprint = ? AND phase = 'FIRING'")
            .params(by, now.atOffset(ZoneOffset.UTC), project, fingerprint)
            .update()
        > 0;
  }

  /** What an alert says. */
  static String summary(Alert alert) {
    return alert.annotations().getOrDefault(AlertSighting.SUMMARY, "");
  }
}
