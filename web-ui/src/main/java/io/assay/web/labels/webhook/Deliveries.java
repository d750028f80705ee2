package io.assay.web.labels.webhook;

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

/** What is to be sent, was sent, or could not be: a table, so that no restart loses any. */
@Component
class Deliveries {
  /** Whoever sends one has it for so long; when that process dies, another sends it then. */
  private static final Duration LEASE = Duration.ofMinutes(2);

  static final String ROUND_FULL = "round.full";

  private final JdbcClient jdbc;
  private final Clock clock;

  Deliveries(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Of one delivery. */
  enum Status {
    PENDING,
    DELIVERED,
    /** Given up, until a person has it tried again. */
    DEAD
  }

  /**
   * One delivery.
   *
   * @param subject what it is about: the number of a round
   * @param attempts so far
   * @param next when it is tried again, if it is pending
   * @param trouble of the last attempt; empty where there was none
   */
  record Delivery(
      long id,
      String project,
      String event,
      String subject,
      String body,
      Status status,
      int attempts,
      Instant created,
      Instant next,
      String trouble) {}

  /**
   * Notes that rounds are full, each once; returns how many are new. Asked every two seconds in
   * each instance: what is noted already costs a look into an index.
   */
  int noteFullRounds() {
    return jdbc.sql(
            """
            INSERT INTO webhook_delivery (project, event, subject, body, created, next)
            SELECT r.project, ?, r.number::text,
              json_build_object('event', ?::text, 'project', r.project, 'round', r.number,
                'closed', r.closed, 'why', r.closed_why,
                'labels', (SELECT count(*) FROM label_item i WHERE i.project = r.project
                  AND i.round = r.number AND i.finding IS NOT NULL),
                'export', '/api/v1/projects/' || r.project || '/samples?format=json-lines&round=' || r.number)::text,
              ?, ?
            FROM label_round r WHERE r.closed IS NOT NULL AND NOT EXISTS (
              SELECT FROM webhook_delivery d
              WHERE d.project = r.project AND d.event = ? AND d.subject = r.number::text)
            ON CONFLICT (project, event, subject) DO NOTHING\
            """)
        .params(ROUND_FULL, ROUND_FULL, now(), now(), ROUND_FULL)
        .update();
  }

  /** One that is due, which nobody else is given meanwhile. */
  Optional<Delivery> take() {
    return jdbc.sql(
            """
            UPDATE webhook_delivery SET next = ? WHERE id = (
              SELECT id FROM webhook_delivery WHERE status = 'PENDING' AND next <= ?
              ORDER BY next LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING *\
            """)
        .params(now().plus(LEASE), now())
        .query(Deliveries::delivery)
        .optional();
  }

  void delivered(Delivery delivery) {
    settle(delivery, Status.DELIVERED, Duration.ZERO, "");
  }

  /** {@code pause}: until it is tried again; none: it is dead. */
  void failed(Delivery delivery, Optional<Duration> pause, String trouble) {
    settle(
        delivery,
        pause.isPresent() ? Status.PENDING : Status.DEAD,
        pause.orElse(Duration.ZERO),
        trouble);
  }

  private void settle(Delivery delivery, Status status, Duration pause, String trouble) {
    jdbc.sql(
            "UPDATE webhook_delivery SET status = ?, attempts = attempts + 1, next = ?, trouble = ?"
                + " WHERE id = ?")
        .params(status.name(), now().plus(pause), trouble, delivery.id())
        .update();
  }

  /** The newest of a project, of those with a smaller number. */
  List<Delivery> newest(String project, long before, int limit) {
    return jdbc.sql(
            "SELECT * FROM webhook_delivery WHERE project = ? AND id < ? ORDER BY id DESC LIMIT ?")
        .params(project, before, limit)
        .query(Deliveries::delivery)
        .list();
  }

  /**
   * Has one tried again from the start; returns whether there is such a one that is not underway.
   */
  boolean retry(String project, long id) {
    return jdbc.sql(
                "UPDATE webhook_delivery SET status = 'PENDING', attempts = 0, next = ?"
                    + " WHERE project = ? AND id = ? AND status <> 'PENDING'")
            .params(now(), project, id)
            .update()
        > 0;
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static Delivery delivery(ResultSet row, int number) throws SQLException {
    return new Delivery(
        row.getLong("id"),
        row.getString("project"),
        row.getString("event"),
        row.getString("subject"),
        row.getString("body"),
        Status.valueOf(row.getString("status")),
        row.getInt("attempts"),
        row.getObject("created", OffsetDateTime.class).toInstant(),
        row.getObject("next", OffsetDateTime.class).toInstant(),
        row.getString("trouble"));
  }
}
