package io.assay.web.backtests;

import io.assay.stream.contract.RuleContent;
import io.assay.web.system.StoredRules;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Backtests in the database: asked for, leased to who judges them, and what came of them (ADR 64).
 */
final class BacktestStore {
  /** Of a project; the oldest that are over go. */
  static final int KEPT = 200;

  /** Of a project, of those that are not over. */
  static final int MOST_OPEN = 20;

  /** An instance that dies over one takes the next with it, if the rules are why. */
  static final int MOST_ATTEMPTS = 3;

  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * The next to judge: of the project of which the fewest run. One whose worker is silent is begun
   * anew.
   */
  private static final String TAKE =
      """
      update backtest set state = 'RUNNING', worker = :worker, lease = now() + make_interval(secs => :lease),
        attempts = attempts + 1, events = 0, percent = 0
      where (project, id) in (
        select project, id from backtest b
        where state in ('WAITING', 'RUNNING') and (state = 'WAITING' or lease < now() and attempts < :most)
        order by (select count(*) from backtest r where r.state in ('WAITING', 'RUNNING') and r.state = 'RUNNING'
          and r.project = b.project and r.lease >= now()), asked, id
        limit 1 for update skip locked)
      returning project, id, file, draft, in_force, begins, ends, sweep\
      """;

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final Clock clock;

  BacktestStore(JdbcClient jdbc, TransactionTemplate transactions, Clock clock) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** One that is to be judged now. */
  record Taken(
      String project,
      String id,
      String file,
      String draft,
      String inForce,
      Instant from,
      Instant to,
      Optional<SweepPlan> sweep) {}

  /**
   * Keeps one that waits; returns its id. Those that are kept no more go.
   *
   * @throws IllegalStateException if so many wait that nobody should ask for more
   */
  String add(BacktestAsked asked) {
    String id = UUID.randomUUID().toString();
    transactions.executeWithoutResult(
        status -> {
          // One at a time for a project: so that rules are not taken away while they are named.
          jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
              .param("backtest " + asked.project())
              .query(row -> {});
          requireRoom(asked.project());
          String draft = keep(asked.project(), asked.draft());
          String inForce = asked.inForce().map(one -> keep(asked.project(), one)).orElse("");
          jdbc.sql(
                  """
                  insert into backtest (project, id, file, draft, in_force, base, begins, ends, asked_by, asked, sweep, assertion)
                  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                  """)
              .param(asked.project())
              .param(id)
              .param(asked.file())
              .param(draft)
              .param(inForce)
              .param(asked.base())
              .param(at(asked.from()))
              .param(at(asked.to()))
              .param(asked.by())
              .param(at(clock.instant()))
              .param(asked.sweep().map(JSON::writeValueAsString).orElse(null))
              .param(asked.sweep().map(SweepPlan::assertion).orElse(null))
              .update();
          forget(asked.project());
        });
    return id;
  }

  private void requireRoom(String project) {
    long open =
        jdbc.sql(
                "select count(*) from backtest where project = ? and state in ('WAITING',"
                    + " 'RUNNING')")
            .param(project)
            .query(Long.class)
            .single();
    if (open >= MOST_OPEN) {
      throw new IllegalStateException(
          "%d backtests of this project wait or run already; cancel some, or wait for their end"
              .formatted(open));
    }
  }

  private String keep(String project, RuleContent content) {
    jdbc.sql(
            "insert into backtest_rules (project, content_hash, content) values (?, ?, ?) on"
                + " conflict do nothing")
        .params(project, content.hash(), StoredRules.bytes(content))
        .update();
    return content.hash();
  }

  private void forget(String project) {
    jdbc.sql(
            """
            delete from backtest where project = ? and state not in ('WAITING', 'RUNNING') and id in (
              select id from backtest where project = ? order by asked desc, id desc offset ?)\
            """)
        .params(project, project, KEPT)
        .update();
    jdbc.sql(
            """
            delete from backtest_rules r where project = ? and not exists (
              select from backtest b where b.project = r.project and r.content_hash in (b.draft, b.in_force))\
            """)
        .param(project)
        .update();
  }

  /** The next that is to be judged, from now on by this worker. */
  Optional<Taken> take(String worker, Duration lease) {
    return jdbc.sql(TAKE)
        .param("worker", worker)
        .param("lease", lease.toMillis() / 1e3)
        .param("most", MOST_ATTEMPTS)
        .query(
            (row, number) ->
                new Taken(
                    row.getString("project"),
                    row.getString("id"),
                    row.getString("file"),
                    row.getString("draft"),
                    row.getString("in_force"),
                    BacktestRows.instant(row, "begins"),
                    BacktestRows.instant(row, "ends"),
                    BacktestRows.sweep(row)))
        .optional();
  }

  /** Those over which one instance after another died are not begun again by themselves. */
  void giveUp() {
    jdbc.sql(
            """
            update backtest set state = 'INTERRUPTED', ended = ?, trouble = ?
            where state in ('WAITING', 'RUNNING') and state = 'RUNNING' and lease < now() and attempts >= ?\
            """)
        .params(
            at(clock.instant()),
            "%d times the instance that judged it stopped without a word, as it does when its"
                    .formatted(MOST_ATTEMPTS)
                + " memory is not enough: ask for a shorter range, or look at its log",
            MOST_ATTEMPTS)
        .update();
  }

  /** Tells how far it is; returns whether it is still this worker's, and wanted. */
  boolean alive(Taken one, String worker, Duration lease, long events, int percent) {
    return jdbc.sql(
                """
                update backtest set lease = now() + make_interval(secs => ?), events = ?, percent = ?
                where project = ? and id = ? and worker = ? and state = 'RUNNING'\
                """)
            .params(lease.toMillis() / 1e3, events, percent, one.project(), one.id(), worker)
            .update()
        > 0;
  }

  /** Keeps what came of it, where it is still wanted of this worker. */
  void done(Taken one, String worker, BacktestResult result) {
    done(
        one,
        worker,
        result.events(),
        JSON.writeValueAsString(result),
        result.violationsInForce(),
        result.violationsOfDraft());
  }

  /** Likewise of a sweep. */
  void done(Taken one, String worker, SweepResult result) {
    done(
        one,
        worker,
        result.events(),
        JSON.writeValueAsString(result),
        result.activeViolations(),
        null);
  }

  private void done(
      Taken one, String worker, long events, String result, long inForce, @Nullable Long draft) {
    jdbc.sql(
            """
            update backtest set state = 'DONE', percent = 100, events = ?, ended = ?, result = ?,
              violations_in_force = ?, violations_draft = ?
            where project = ? and id = ? and worker = ? and state = 'RUNNING'\
            """)
        .param(events)
        .param(at(clock.instant()))
        .param(result)
        .param(inForce)
        .param(draft)
        .param(one.project())
        .param(one.id())
        .param(worker)
        .update();
  }

  void failed(Taken one, String worker, String why) {
    jdbc.sql(
            """
            update backtest set state = 'FAILED', ended = ?, trouble = ?
            where project = ? and id = ? and worker = ? and state = 'RUNNING'\
            """)
        .params(at(clock.instant()), why, one.project(), one.id(), worker)
        .update();
  }

  /** Gives all back that this worker has: it ends in an orderly way, and that is no attempt. */
  void release(String worker) {
    jdbc.sql(
            """
            update backtest set state = 'WAITING', worker = '', lease = null, attempts = attempts - 1
            where state in ('WAITING', 'RUNNING') and state = 'RUNNING' and worker = ?\
            """)
        .param(worker)
        .update();
  }

  /** Nobody wants it any more; returns whether it was not over. */
  boolean cancel(String project, String id) {
    return jdbc.sql(
                """
                update backtest set state = 'CANCELLED', ended = ?
                where project = ? and id = ? and state in ('WAITING', 'RUNNING')\
                """)
            .params(at(clock.instant()), project, id)
            .update()
        > 0;
  }

  /** The rules that one judges, as they would be. */
  Optional<RuleContent> draft(String project, String id) {
    return jdbc.sql("select draft from backtest where project = ? and id = ?")
        .params(project, id)
        .query(String.class)
        .optional()
        .map(hash -> content(project, hash));
  }

  RuleContent content(String project, String hash) {
    return StoredRules.content(
        jdbc.sql("select content from backtest_rules where project = ? and content_hash = ?")
            .params(project, hash)
            .query(byte[].class)
            .single());
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
