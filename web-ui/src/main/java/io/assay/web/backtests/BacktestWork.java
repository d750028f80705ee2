package io.assay.web.backtests;

import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.Extent;
import io.assay.stream.contract.RuleContent;
import io.assay.web.backtests.BacktestStore.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Judges what waits, two at once in an instance. A clock of its own tells that they are alive, so
 * that one that waits for its broker is not taken for dead, and hears that one is cancelled.
 */
final class BacktestWork implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BacktestWork.class);
  static final int AT_ONCE = 2;
  private static final Duration BEAT = Duration.ofSeconds(1);

  /** A pause of the whole process may be as long without another beginning anew. */
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final BacktestStore store;
  private final JdbcClient jdbc;
  private final Optional<PastEvents> past;
  private final Function<Throwable, String> told;
  private final UnaryOperator<String> masked;
  private final String worker = UUID.randomUUID().toString();
  private final Map<Taken, BacktestJob> running = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("assay-backtest-clock").daemon().factory());
  private final ExecutorService workers =
      Executors.newFixedThreadPool(
          AT_ONCE, Thread.ofPlatform().name("assay-backtest-", 0).daemon().factory());
  private boolean silent;

  /**
   * @param jdbc where it is known what people said of violations
   * @param past where events are; none where there is no broker, and nothing is judged here
   * @param told what a broker's failure says
   * @param masked makes a text one that everybody may see
   */
  BacktestWork(
      BacktestStore store,
      JdbcClient jdbc,
      Optional<PastEvents> past,
      Function<Throwable, String> told,
      UnaryOperator<String> masked) {
    this.store = store;
    this.jdbc = jdbc;
    this.past = past;
    this.told = told;
    this.masked = masked;
  }

  /** Begins to look for what waits. */
  void start() {
    if (past.isPresent()) {
      long every = BEAT.toMillis();
      var unused = clock.scheduleWithFixedDelay(this::beat, every, every, TimeUnit.MILLISECONDS);
    }
  }

  void requireBroker() {
    if (past.isEmpty()) {
      throw new IllegalStateException(
          "backtests read topics, and assay.sink.bootstrap-servers is not set");
    }
  }

  /** Looks at once, and not only at the next beat. */
  void look() {
    try {
      clock.execute(this::beat);
    } catch (RejectedExecutionException ending) {
      LOG.debug("this instance ends, and looks for nothing any more", ending);
    }
  }

  private void beat() {
    try {
      running.forEach(
          (one, job) -> {
            if (!store.alive(one, worker, LEASE, job.events(), job.percent())) {
              job.stop();
            }
          });
      store.giveUp();
      while (past.isPresent() && running.size() < AT_ONCE) {
        Optional<Taken> next = store.take(worker, LEASE);
        if (next.isEmpty()) {
          break;
        }
        var job = new BacktestJob(next.get().sweep().isPresent() ? 1 : 2);
        running.put(next.get(), job);
        workers.execute(() -> run(next.get(), job));
      }
      silent = false;
    } catch (RuntimeException failure) {
      // The database is away; what runs goes on, and is told of once it is back.
      if (!silent) {
        LOG.warn("backtests could not be looked for, and will be again", failure);
      }
      silent = true;
    }
  }

  private void run(Taken one, BacktestJob job) {
    try {
      if (one.sweep().isPresent()) {
        store.done(one, worker, sweep(one, one.sweep().get(), job));
      } else {
        store.done(one, worker, judge(one, job));
      }
    } catch (BacktestJob.Unwanted unwanted) {
      LOG.debug("backtest {} of project {} is not wanted here any more", one.id(), one.project());
    } catch (RuntimeException failure) {
      if (job.isStopped()) {
        LOG.debug("backtest {} of project {} was stopped", one.id(), one.project(), failure);
      } else {
        LOG.warn("backtest {} of project {} failed", one.id(), one.project(), failure);
        fail(one, failure);
      }
    } finally {
      running.remove(one);
      look();
    }
  }

  /** Where that cannot be noted, the lease runs out and it is begun anew. */
  private void fail(Taken one, RuntimeException failure) {
    String why =
        failure instanceof IllegalArgumentException
            ? String.valueOf(failure.getMessage())
            : told.apply(failure);
    try {
      store.failed(one, worker, why);
    } catch (RuntimeException away) {
      LOG.warn("that backtest {} failed could not be noted", one.id(), away);
    }
  }

  private BacktestResult judge(Taken one, BacktestJob job) {
    CheckedRules draft = compiled(store.content(one.project(), one.draft()));
    Optional<CheckedRules> inForce =
        one.inForce().isEmpty()
            ? Optional.empty()
            : Optional.of(compiled(store.content(one.project(), one.inForce())));
    Extent extent = extent(one);
    PastReading events = past.orElseThrow().reading(one.project(), extent);
    var both = new BothVersions(one, draft, inForce, extent, events, job::progress);
    BacktestFigures figures = both.judge();
    return BacktestResult.of(figures, List.copyOf(events.sources()), masked);
  }

  private SweepResult sweep(Taken one, SweepPlan plan, BacktestJob job) {
    RuleContent content = store.content(one.project(), one.draft());
    Extent extent = extent(one);
    PastReading events = past.orElseThrow().reading(one.project(), extent);
    return new SweepJudging(one, plan, content, jdbc, job::progress).judge(events, extent, masked);
  }

  private static Extent extent(Taken one) {
    return new Extent(nanos(one.from()), nanos(one.to()), Set.of(), 1);
  }

  private static CheckedRules compiled(RuleContent content) {
    var compilation = new RuleCompiler().compile(content.files(), content.parameters());
    return compilation
        .rules()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "this version of Assay takes the rules no more: "
                        + compilation.issues().getFirst().message()));
  }

  private static long nanos(Instant at) {
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano());
  }

  /** What runs is given back, so that another instance begins it at once. */
  @Override
  public void close() {
    clock.shutdownNow();
    running.values().forEach(BacktestJob::stop);
    workers.shutdownNow();
    try {
      store.release(worker);
    } catch (RuntimeException away) {
      LOG.debug("what ran here is begun anew once its lease is over", away);
    }
  }
}
