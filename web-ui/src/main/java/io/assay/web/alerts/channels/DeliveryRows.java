package io.assay.web.alerts.channels;

import io.assay.assertion.rule.ir.Route.Receiver;
import io.assay.web.alerts.Notice;
import io.assay.web.alerts.channels.Delivery.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** What is to be sent, was sent, or could not be: a table, so that no restart loses any. */
@Component
class DeliveryRows {
  private static final String COLUMNS =
      "d.*, n.route, n.group_key, n.reason, n.status = 'FIRING' AS firing, n.created";

  /** Those of the same group that go to the same place. */
  private static final String SAME =
      " e.project = d.project AND e.receiver = d.receiver AND e.address = d.address"
          + " AND m.route = n.route AND m.group_key = n.group_key ";

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final JsonMapper json;
  private final Clock clock;

  DeliveryRows(JdbcClient jdbc, TransactionTemplate transactions, JsonMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.json = json;
    this.clock = clock;
  }

  /**
   * One that is due, which nobody else is given meanwhile: none whose target is among {@code busy},
   * none whose target was sent to just now, and none before an earlier one of its group is settled.
   */
  Optional<Delivery> take(Collection<String> busy, Duration lease, Duration pace) {
    Optional<Delivery> none = Optional.empty();
    return Objects.requireNonNull(
        transactions.execute(
            transaction -> {
              Optional<Delivery> taken = lease(busy, lease);
              if (taken.isPresent() && !paced(taken.get(), pace)) {
                transaction.setRollbackOnly();
                return none;
              }
              return taken;
            }));
  }

  private Optional<Delivery> lease(Collection<String> busy, Duration lease) {
    return jdbc.sql(
            """
            WITH due AS (
              SELECT d.notice, d.target FROM alert_delivery d JOIN alert_notice n ON n.id = d.notice
              WHERE d.status = 'PENDING' AND d.next <= ?
                AND NOT (d.receiver || ' ' || d.address = ANY (?))
                AND NOT EXISTS (SELECT 1 FROM alert_pace p WHERE p.receiver = d.receiver
                  AND p.address = d.address AND p.next > ?)
                AND NOT EXISTS (SELECT 1 FROM alert_delivery e JOIN alert_notice m ON m.id = e.notice
                  WHERE e.status = 'PENDING' AND e.notice < d.notice AND %s)
              ORDER BY d.next, d.notice, d.target LIMIT 1 FOR UPDATE OF d SKIP LOCKED)
            UPDATE alert_delivery d SET next = ? FROM due, alert_notice n
            WHERE d.notice = due.notice AND d.target = due.target AND n.id = d.notice
            RETURNING %s\
            """
                .formatted(SAME, COLUMNS))
        .params(now(), busy.toArray(String[]::new), now(), now().plus(lease))
        .query(DeliveryRows::delivery)
        .optional();
  }

  /** Whether the target may be sent to now; if so, nobody else may for a while. */
  private boolean paced(Delivery delivery, Duration pace) {
    return jdbc.sql(
                """
                INSERT INTO alert_pace (receiver, address, next) VALUES (?, ?, ?)
                ON CONFLICT (receiver, address) DO UPDATE SET next = excluded.next
                WHERE alert_pace.next <= ?\
                """)
            .params(delivery.receiver().name(), delivery.address(), now().plus(pace), now())
            .update()
        > 0;
  }

  /** Leaves a target alone for a while, as it has asked. */
  void hold(Delivery delivery, Duration pause) {
    jdbc.sql("UPDATE alert_pace SET next = greatest(next, ?) WHERE receiver = ? AND address = ?")
        .params(now().plus(pause), delivery.receiver().name(), delivery.address())
        .update();
  }

  /** Whether it failed and a later notice of its group, which fires too, waits behind it. */
  boolean superseded(Delivery delivery) {
    return delivery.firing()
        && delivery.attempts() > 0
        && later(delivery, "e.status = 'PENDING' AND m.status = 'FIRING'");
  }

  /** Whether there is a later notice of its group for its target. */
  boolean outdated(Delivery delivery) {
    return later(delivery, "true");
  }

  private boolean later(Delivery delivery, String which) {
    return jdbc.sql(
            "SELECT EXISTS (SELECT 1 FROM alert_delivery d JOIN alert_notice n ON n.id = d.notice"
                + " JOIN alert_delivery e ON e.notice > d.notice"
                + " JOIN alert_notice m ON m.id = e.notice"
                + " WHERE d.notice = ? AND d.target = ? AND "
                + SAME
                + " AND "
                + which
                + ")")
        .params(delivery.notice(), delivery.target())
        .query(Boolean.class)
        .single();
  }

  /**
   * What became of an attempt; nothing where the lease was over and somebody else has it.
   *
   * @param pause until it is tried again, of those that are pending
   * @param again until an Alertmanager is told again
   */
  boolean settle(
      Delivery taken, Status status, Duration pause, String trouble, Optional<Duration> again) {
    boolean ends = status != Status.PENDING;
    return jdbc.sql(
                "UPDATE alert_delivery SET status = ?, attempts = attempts + ?, next = ?,"
                    + " ended = ?::timestamptz, trouble = ?, again = ?::timestamptz"
                    + " WHERE notice = ? AND target = ? AND status = 'PENDING' AND next = ?")
            .param(status.name())
            .param(status == Status.SUPERSEDED ? 0 : 1)
            .param(now().plus(pause))
            .param(ends ? now() : null)
            .param(trouble)
            .param(again.map(after -> now().plus(after)).orElse(null))
            .param(taken.notice())
            .param(taken.target())
            .param(taken.next().atOffset(ZoneOffset.UTC))
            .update()
        > 0;
  }

  /** One that an Alertmanager is to be told again; it is due anew after {@code resend}. */
  Optional<Delivery> takeAgain(Duration resend) {
    return jdbc.sql(
            """
            WITH due AS (
              SELECT notice, target FROM alert_delivery WHERE again <= ?
              ORDER BY again LIMIT 1 FOR UPDATE SKIP LOCKED)
            UPDATE alert_delivery d SET again = ? FROM due, alert_notice n
            WHERE d.notice = due.notice AND d.target = due.target AND n.id = d.notice
            RETURNING %s\
            """
                .formatted(COLUMNS))
        .params(now(), now().plus(resend))
        .query(DeliveryRows::delivery)
        .optional();
  }

  /** It is not told again. */
  void leave(Delivery delivery) {
    jdbc.sql("UPDATE alert_delivery SET again = NULL WHERE notice = ? AND target = ?")
        .params(delivery.notice(), delivery.target())
        .update();
  }

  Notice notice(Delivery delivery) {
    return json.readValue(
        jdbc.sql("SELECT body FROM alert_notice WHERE id = ?")
            .param(delivery.notice())
            .query(String.class)
            .single(),
        Notice.class);
  }

  /** Those of a project behind a place, or the first. */
  List<Delivery> list(
      String project, DeliveryFilter filter, Optional<DeliveryFilter.Place> after, int most) {
    var sql =
        new StringBuilder("SELECT ")
            .append(COLUMNS)
            .append(" FROM alert_delivery d JOIN alert_notice n ON n.id = d.notice")
            .append(" WHERE d.project = :project");
    if (filter.status().isPresent()) {
      sql.append(" AND d.status = :status");
    }
    if (!filter.route().isEmpty()) {
      sql.append(" AND n.project = :project AND n.route = :route");
    }
    String way = filter.oldest() ? "" : " DESC";
    if (after.isPresent()) {
      sql.append(" AND (d.notice, d.target) ")
          .append(filter.oldest() ? '>' : '<')
          .append(" (:notice, :target)");
    }
    return jdbc.sql(
            sql.append(" ORDER BY d.notice%1$s, d.target%1$s LIMIT :most".formatted(way))
                .toString())
        .param("project", project)
        .param("status", filter.status().map(Status::name).orElse(""))
        .param("route", filter.route())
        .param("notice", after.map(DeliveryFilter.Place::notice).orElse(0L))
        .param("target", after.map(DeliveryFilter.Place::target).orElse(0))
        .param("most", most)
        .query(DeliveryRows::delivery)
        .list();
  }

  /** Routes of which there are notices. */
  List<String> routes(String project) {
    // From one to the next by the index: as many looks as there are routes.
    return jdbc.sql(
            """
            WITH RECURSIVE one AS (
              (SELECT route FROM alert_notice WHERE project = :project ORDER BY route LIMIT 1)
              UNION ALL
              SELECT (SELECT n.route FROM alert_notice n
                WHERE n.project = :project AND n.route > one.route ORDER BY n.route LIMIT 1)
              FROM one WHERE one.route IS NOT NULL)
            SELECT route FROM one WHERE route IS NOT NULL\
            """)
        .param("project", project)
        .query(String.class)
        .list();
  }

  Optional<Delivery> one(String project, long notice, int target) {
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + " FROM alert_delivery d JOIN alert_notice n ON n.id = d.notice"
                + " WHERE d.project = ? AND d.notice = ? AND d.target = ?")
        .params(project, notice, target)
        .query(DeliveryRows::delivery)
        .optional();
  }

  /** Has one that is dead tried again from the start; returns whether it was dead. */
  boolean retry(Delivery delivery) {
    return jdbc.sql(
                "UPDATE alert_delivery SET status = 'PENDING', attempts = 0, next = ?, ended = NULL"
                    + " WHERE notice = ? AND target = ? AND status = 'DEAD'")
            .params(now(), delivery.notice(), delivery.target())
            .update()
        > 0;
  }

  /** Forgets notices that are older and wait for nothing; returns how many. */
  int forget(Duration keep) {
    return jdbc.sql(
            "DELETE FROM alert_notice n WHERE n.created < ? AND NOT EXISTS (SELECT 1 FROM"
                + " alert_delivery d WHERE d.notice = n.id AND (d.status = 'PENDING' OR d.again IS"
                + " NOT NULL))")
        .param(now().minus(keep))
        .update();
  }

  /** As the database keeps it, so that a lease is known again. */
  private OffsetDateTime now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  private static Delivery delivery(ResultSet row, int number) throws SQLException {
    return new Delivery(
        row.getLong("notice"),
        row.getInt("target"),
        row.getString("project"),
        row.getString("route"),
        row.getString("group_key"),
        Receiver.valueOf(row.getString("receiver")),
        row.getString("address"),
        row.getString("reason"),
        row.getBoolean("firing"),
        Status.valueOf(row.getString("status")),
        row.getInt("attempts"),
        moment(row, "created").orElseThrow(),
        moment(row, "next").orElseThrow(),
        moment(row, "ended"),
        row.getString("trouble"));
  }

  private static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
