package io.assay.web.alerts;

import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.web.rules.ActiveRules;
import io.assay.web.rules.RuleUsage;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Looks at all projects, as long as this instance is the one that does. */
@Component
class AlertLoop implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(AlertLoop.class);

  private final AlertLease lease;
  private final AlertWatch watch;
  private final AlertStore store;
  private final SilentKeys silences;
  private final ActiveRules rules;
  private final RuleUsage usage;
  private final AlertSettings settings;
  private final JdbcClient jdbc;
  private final Clock clock;
  private volatile Optional<Thread> thread = Optional.empty();
  private boolean looked;

  AlertLoop(
      AlertLease lease,
      AlertWatch watch,
      AlertStore store,
      SilentKeys silences,
      ActiveRules rules,
      RuleUsage usage,
      AlertSettings settings,
      JdbcClient jdbc,
      Clock clock) {
    this.lease = lease;
    this.watch = watch;
    this.store = store;
    this.silences = silences;
    this.rules = rules;
    this.usage = usage;
    this.settings = settings;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Without a broker nobody knows of rules: another instance may. */
  @Override
  public void start() {
    if (rules.isConnected()) {
      Thread made = Thread.ofVirtual().name("alerts").unstarted(this::run);
      // Before it runs: it goes on only while it is known here.
      thread = Optional.of(made);
      made.start();
    }
  }

  private void run() {
    try {
      while (isRunning() && !rules.awaitKnown(settings.every())) {
        LOG.debug("rules are not known yet, so nobody is told of anything");
      }
      while (isRunning()) {
        look();
        Thread.sleep(settings.every());
      }
    } catch (InterruptedException stopping) {
      LOG.debug("alerts ended");
    }
  }

  /** Whatever fails is tried again at the next look: nothing was written. */
  void look() {
    try {
      OptionalLong token = lease.hold(settings.lease());
      if (token.isPresent() != looked) {
        looked = token.isPresent();
        LOG.info(looked ? "alerts are looked at here" : "alerts are looked at elsewhere");
      }
      if (token.isPresent()) {
        lease.forEach(
            jdbc.sql("SELECT name FROM project ORDER BY name").query(String.class).list(),
            settings.lease(),
            this::look);
        store.forget(clock.instant().minus(settings.history()));
        silences.forget(clock.instant().minus(SilentKeys.KEPT));
      }
    } catch (RuntimeException failure) {
      LOG.warn("alerts are looked at again later: {}", failure.toString());
    }
  }

  private void look(String project, long token) {
    try {
      Optional<CheckedRules> known = rules.of(project);
      if (known.isEmpty() && rules.refusal(project).isPresent()) {
        LOG.warn("alerts of {} wait: this program cannot read the rules", project);
        return;
      }
      long from = System.nanoTime();
      watch.look(project, known.orElse(NONE), stopped(project), token);
      Duration took = Duration.ofNanos(System.nanoTime() - from);
      if (took.compareTo(settings.every()) > 0) {
        LOG.warn("looking at the alerts of {} took {}", project, took);
      }
    } catch (AlertWatch.Fenced fenced) {
      LOG.info("project {}: {}", project, fenced.getMessage());
    } catch (RuntimeException failure) {
      LOG.warn("alerts of {} are looked at again later: {}", project, failure.toString());
    }
  }

  private static final CheckedRules NONE = new CheckedRules(List.of(), List.of(), List.of(), "");

  /** What processors tell of assertions that they do not judge. */
  private Map<String, String> stopped(String project) {
    Map<String, String> why = new TreeMap<>();
    usage
        .of(project)
        .ifPresent(
            told ->
                told.uses()
                    .forEach(
                        use -> {
                          use.errors().forEach((name, text) -> why.put(name, "in error: " + text));
                          use.suspended()
                              .forEach((name, text) -> why.putIfAbsent(name, "suspended: " + text));
                        }));
    return why;
  }

  @Override
  public void stop() {
    Optional<Thread> running = thread;
    thread = Optional.empty();
    running.ifPresent(Thread::interrupt);
    try {
      lease.release();
    } catch (RuntimeException away) {
      LOG.debug("the lease ends by itself: {}", away.toString());
    }
  }

  @Override
  public boolean isRunning() {
    return thread.isPresent();
  }
}
