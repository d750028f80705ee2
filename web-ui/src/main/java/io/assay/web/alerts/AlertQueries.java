package io.assay.web.alerts;

import io.assay.assertion.alert.Alert;
import io.assay.assertion.alert.AlertSighting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

  /** An alert where it lies. */
  record Placed(AlertPlace place, Alert alert) {}

  /**
   * Those that fire first, then those that somebody sees to, that are silenced, that wait; of each
   * the newest first, or the oldest.
   *
   * @param after which to go on
   * @param most so many rows are read, unless a level is wished, however many there are
   */
  List<Placed> open(String project, AlertFilter filter, AlertPlace after, int most) {
    List<Placed> found = new ArrayList<>();
    for (AlertShelf shelf : AlertFilter.shelves()) {
      if (filter.shelf().filter(wanted -> wanted != shelf).isEmpty()
          && shelf.number() <= after.shelf().number()
          && found.size() < most) {
        boolean goesOn = !after.equals(AlertPlace.START) && shelf == after.shelf();
        found.addAll(
            on(
                shelf,
                project,
                filter,
                goesOn ? Optional.of(after) : Optional.empty(),
                most - found.size()));
      }
    }
    return found;
  }

  /** Of one shelf: either order of it is the index's. */
  private List<Placed> on(
      AlertShelf shelf, String project, AlertFilter filter, Optional<AlertPlace> after, int most) {
    var sql =
        new StringBuilder(
            "SELECT * FROM alert WHERE project = :project AND shelf = :shelf::smallint");
    if (!filter.assertion().isEmpty()) {
      sql.append(" AND assertion = :assertion");
    }
    if (filter.level().isPresent()) {
      sql.append(" AND labels ->> 'level' = :level");
    }
    if (after.isPresent()) {
      sql.append(" AND (since, fingerprint) ")
          .append(filter.oldest() ? '>' : '<')
          .append(" (:since::timestamptz, :fingerprint)");
    }
    String way = filter.oldest() ? "" : " DESC";
    return jdbc.sql(
            sql.append(" ORDER BY since%1$s, fingerprint%1$s LIMIT :most".formatted(way))
                .toString())
        .param("project", project)
        .param("assertion", filter.assertion())
        .param("level", filter.levelLabel())
        .param("shelf", shelf.number())
        .param("since", after.map(AlertPlace::since).orElse(Instant.EPOCH).toString())
        .param("fingerprint", after.map(AlertPlace::fingerprint).orElse(""))
        .param("most", most)
        .query((row, number) -> placed(row))
        .list();
  }

  private static Placed placed(ResultSet row) throws SQLException {
    return new Placed(
        new AlertPlace(
            AlertShelf.of(row.getInt("shelf")),
            row.getObject("since", OffsetDateTime.class).toInstant(),
            row.getString("fingerprint")),
        AlertStore.alert(row));
  }

  /**
   * How many lie on each shelf, but those that are over.
   *
   * @param most of a shelf no more are counted
   */
  Map<AlertShelf, Long> counts(String project, int most) {
    Map<AlertShelf, Long> counts = new EnumMap<>(AlertShelf.class);
    jdbc.sql(
            """
            SELECT s.shelf, c.alerts FROM generate_series(1, 4) AS s (shelf)
            CROSS JOIN LATERAL (
              SELECT count(*) AS alerts FROM (
                SELECT FROM alert WHERE project = :project AND shelf = s.shelf::smallint LIMIT :most) one) c\
            """)
        .param("project", project)
        .param("most", most)
        .query(
            row -> {
              counts.put(AlertShelf.of(row.getInt("shelf")), row.getLong("alerts"));
            });
    return counts;
  }

  /** When somebody looked last; empty where nobody has. */
  Optional<Instant> looked(String project) {
    return jdbc.sql("SELECT at FROM alert_look WHERE project = ?")
        .param(project)
        .query((row, number) -> row.getObject("at", OffsetDateTime.class).toInstant())
        .optional();
  }

  /** How many fire. */
  long firing(String project) {
    return jdbc.sql("SELECT count(*) FROM alert WHERE project = ? AND shelf >= 2")
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
   * @param filter of which assertion and level
   */
  List<Change> history(
      String project, String fingerprint, AlertFilter filter, long before, int most) {
    var sql = new StringBuilder("SELECT * FROM alert_history WHERE project = ? AND id < ?");
    List<Object> params = new ArrayList<>(List.of(project, before));
    if (!fingerprint.isEmpty()) {
      sql.append(" AND fingerprint = ?");
      params.add(fingerprint);
    }
    if (!filter.assertion().isEmpty()) {
      sql.append(" AND assertion = ?");
      params.add(filter.assertion());
    }
    if (filter.level().isPresent()) {
      sql.append(" AND lower(level) = ?");
      params.add(filter.levelLabel());
    }
    params.add(most);
    return jdbc.sql(sql.append(" ORDER BY id DESC LIMIT ?").toString())
        .params(params)
        .query((row, number) -> change(row))
        .list();
  }

  /** Assertions of which alerts have ever changed. */
  List<String> assertions(String project) {
    // From one to the next by the index: as many looks as there are assertions.
    return jdbc.sql(
            """
            WITH RECURSIVE one AS (
              (SELECT assertion FROM alert_history WHERE project = :project ORDER BY assertion LIMIT 1)
              UNION ALL
              SELECT (SELECT h.assertion FROM alert_history h
                WHERE h.project = :project AND h.assertion > one.assertion ORDER BY h.assertion LIMIT 1)
              FROM one WHERE one.assertion IS NOT NULL)
            SELECT assertion FROM one WHERE assertion IS NOT NULL\
            """)
        .param("project", project)
        .query(String.class)
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
