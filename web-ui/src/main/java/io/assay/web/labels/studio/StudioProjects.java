package io.assay.web.labels.studio;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which projects of Label Studio were made from here. */
@Component
class StudioProjects {
  private final JdbcClient jdbc;
  private final Clock clock;

  StudioProjects(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * One of them.
   *
   * @param number as Label Studio counts
   * @param asked when it was last asked for all that was said there; empty: never
   */
  record Linked(String project, long number, String title, Optional<Instant> asked) {
    static Linked made(String project, long number, String title) {
      return new Linked(project, number, title, Optional.empty());
    }
  }

  void add(Linked linked, String by) {
    jdbc.sql(
            "INSERT INTO studio_project (project, number, title, created, created_by, polled)"
                + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
        .params(linked.project(), linked.number(), linked.title(), now(), by, now())
        .update();
  }

  List<Linked> of(String project) {
    return jdbc.sql("SELECT * FROM studio_project WHERE project = ? ORDER BY number DESC")
        .param(project)
        .query(StudioProjects::linked)
        .list();
  }

  /** One that nobody has asked for so long; nobody else is given it meanwhile. */
  Optional<Linked> takeDue(Duration poll) {
    return jdbc.sql(
            """
            UPDATE studio_project SET polled = ? WHERE (project, number) = (
              SELECT project, number FROM studio_project WHERE polled <= ?
              ORDER BY polled LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING *\
            """)
        .params(now(), now().minus(poll))
        .query(StudioProjects::linked)
        .optional();
  }

  /** All that was said there before a time has been taken. */
  void asked(Linked linked, Instant until) {
    jdbc.sql("UPDATE studio_project SET asked = ? WHERE project = ? AND number = ?")
        .params(until.atOffset(ZoneOffset.UTC), linked.project(), linked.number())
        .update();
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static Linked linked(ResultSet row, int number) throws SQLException {
    return new Linked(
        row.getString("project"),
        row.getLong("number"),
        row.getString("title"),
        Optional.ofNullable(row.getObject("asked", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant));
  }
}
