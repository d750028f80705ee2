package io.assay.web.backtests;

import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.RuleContent;
import io.assay.web.system.TimePlace;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Backtests as they are asked for, looked at and cancelled: the same from any instance. Those that
 * wait are judged by instances that have a broker.
 */
public final class Backtests implements AutoCloseable {
  /** How many a project keeps: of the oldest those that are over go. */
  public static final int KEPT = BacktestStore.KEPT;

  private final BacktestStore store;
  private final BacktestRows rows;
  private final BacktestWork work;

  private Backtests(BacktestStore store, BacktestRows rows, BacktestWork work) {
    this.store = store;
    this.rows = rows;
    this.work = work;
  }

  /**
   * Where events are, and how what is private is told.
   *
   * @param clients settings of Kafka's clients; none where there is no broker
   * @param archive its folder, as this process sees it; none where there is no archive
   * @param told what a broker's failure says
   * @param masked makes a text one that everybody may see
   */
  public record Surroundings(
      Optional<Map<String, Object>> clients,
      Optional<Path> archive,
      Function<Throwable, String> told,
      UnaryOperator<String> masked) {}

  /** Begins to judge what waits. */
  public static Backtests start(
      JdbcClient jdbc, TransactionTemplate transactions, Surroundings around, Clock clock) {
    var store = new BacktestStore(jdbc, transactions, clock);
    var past = around.clients().map(clients -> new PastEvents(clients, around.archive()));
    var work = new BacktestWork(store, jdbc, past, around.told(), around.masked());
    work.start();
    return new Backtests(store, new BacktestRows(jdbc), work);
  }

  /**
   * Asks for one; it is judged as soon as an instance has room. Returns its id.
   *
   * @throws IllegalStateException with what stands in the way: no broker, or too many that wait
   */
  public String begin(BacktestAsked asked) {
    work.requireBroker();
    String id = store.add(asked);
    work.look();
    return id;
  }

  /**
   * Those of drafts of a project, the newest first.
   *
   * @param after the place of the last that the answer before had; empty: from the start
   */
  public List<BacktestRow> newest(String project, Optional<TimePlace> after, int limit) {
    return rows.newest(project, after, limit);
  }

  /**
   * The sweeps of an assertion, or of all, the newest first.
   *
   * @param assertion of which; empty: of all
   * @param after the place of the last that the answer before had; empty: from the start
   */
  public List<BacktestRow> sweeps(
      String project, String assertion, Optional<TimePlace> after, int limit) {
    return rows.sweeps(project, assertion, after, limit);
  }

  /** What came of a sweep; none where it is not done. */
  public Optional<SweepResult> swept(String project, String id) {
    return rows.swept(project, id);
  }

  /**
   * The rules with a number of an assertion at a value.
   *
   * @throws IllegalArgumentException if they have mistakes so, or do not have the number
   */
  public static CheckedRules moved(RuleContent content, SweepPlan plan, BigDecimal value) {
    return SweepJudging.compiled(content, plan, value);
  }

  /** One of a project; none where there is none, or no more. */
  public Optional<BacktestRow> one(String project, String id) {
    return rows.one(project, id);
  }

  /** What came of one; none where it is not done. */
  public Optional<BacktestResult> result(String project, String id) {
    return rows.result(project, id);
  }

  /** The rules that one judges, as they would be. */
  public Optional<RuleContent> draft(String project, String id) {
    return store.draft(project, id);
  }

  /** Stops one before its next event, wherever it runs; returns whether it was not over. */
  public boolean cancel(String project, String id) {
    boolean cancelled = store.cancel(project, id);
    work.look();
    return cancelled;
  }

  @Override
  public void close() {
    work.close();
  }
}
