package io.assay.web.alerts.channels;

import io.assay.assertion.rule.ir.Route;
import io.assay.assertion.rule.ir.Route.Receiver;
import io.assay.web.alerts.Notice;
import io.assay.web.alerts.NoticeAlert;
import io.assay.web.alerts.channels.Delivery.Status;
import io.assay.web.rules.ActiveRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Sends what is due, in every instance: each delivery is sent by one of them at a time, to each
 * target one at a time, and no target waits for another.
 */
@Component
@DependsOnDatabaseInitialization
class DeliveryLoop implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryLoop.class);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration FORGET_EVERY = Duration.ofHours(1);
  private static final int MOST_AT_ONCE = 64;

  /** Of what a receiver may ask: a day is more than anybody means. */
  private static final Duration LONGEST_HOLD = Duration.ofDays(1);

  /** One instance that ends gives its attempts so long. */
  private static final Duration LAST_ATTEMPTS = Duration.ofSeconds(5);

  private final ChannelSettings settings;
  private final DeliveryRows rows;
  private final Channels channels;
  private final ActiveRules rules;
  private final Set<String> busy = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Workers workers;

  DeliveryLoop(ChannelSettings settings, DeliveryRows rows, Channels channels, ActiveRules rules) {
    this.settings = settings;
    this.rows = rows;
    this.channels = channels;
    this.rules = rules;
  }

  /** What runs while this does. */
  private record Workers(
      Thread loop, ExecutorService attempts, ScheduledExecutorService deadlines) {}

  @Override
  public void start() {
    var started =
        new Workers(
            Thread.ofVirtual().name("alert-deliveries").unstarted(this::run),
            Executors.newVirtualThreadPerTaskExecutor(),
            Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("alert-deadlines").factory()));
    workers = started;
    started.loop().start();
  }

  private void run() {
    Instant forgotten = Instant.EPOCH;
    boolean troubled = false;
    try {
      for (Workers now = workers; now != null; now = workers) {
        try {
          while (startOne(now)) {
            // As long as there is something due.
          }
          if (forgotten.plus(FORGET_EVERY).isBefore(Instant.now())) {
            rows.forget(settings.keep());
            forgotten = Instant.now();
          }
          troubled = false;
        } catch (RuntimeException failure) {
          // Whatever it is: who would send the rest?
          if (!troubled) {
            LOG.warn("alerts' deliveries cannot be read, and it is tried again: {}", why(failure));
          }
          troubled = true;
        }
        rest();
      }
    } catch (InterruptedException stopping) {
      LOG.debug("alerts' deliveries ended");
    }
  }

  /** Ends early when an attempt is over: its target may have more that is due. */
  private static void rest() throws InterruptedException {
    LockSupport.parkNanos(PAUSE.toNanos());
    if (Thread.interrupted()) {
      throw new InterruptedException("deliveries are to end");
    }
  }

  /** Whether there was one to start. */
  private boolean startOne(Workers now) {
    if (busy.size() >= MOST_AT_ONCE) {
      return false;
    }
    Optional<Delivery> due = rows.take(List.copyOf(busy), settings.lease(), settings.pace());
    if (due.isPresent()) {
      begin(now, due.get(), due.get().lane(), () -> attempt(due.get()));
      return true;
    }
    Optional<Delivery> again = rows.takeAgain(settings.resend());
    again.ifPresent(one -> begin(now, one, "again " + one.id(), () -> tellAgain(one)));
    return again.isPresent();
  }

  /** Something that is done for a delivery. */
  private interface Work {
    void run() throws InterruptedException;
  }

  private void begin(Workers now, Delivery delivery, String place, Work work) {
    busy.add(place);
    now.attempts()
        .execute(
            () -> {
              Thread self = Thread.currentThread();
              ScheduledFuture<?> deadline =
                  now.deadlines()
                      .schedule(
                          self::interrupt, settings.deadline().toMillis(), TimeUnit.MILLISECONDS);
              try {
                work.run();
              } catch (InterruptedException late) {
                LOG.debug("delivery {} was cut off, and will be tried again", delivery.id());
              } catch (RuntimeException failure) {
                LOG.warn("delivery {} could not be tried: {}", delivery.id(), why(failure));
              } finally {
                deadline.cancel(false);
                busy.remove(place);
                LockSupport.unpark(now.loop());
              }
            });
  }

  /** Sends one that was taken, and writes down what became of it. */
  void attempt(Delivery taken) throws InterruptedException {
    if (rows.superseded(taken)) {
      settle(taken, Status.SUPERSEDED, Duration.ZERO, taken.trouble());
      return;
    }
    switch (outcome(taken)) {
      case Outcome.Delivered ignored -> settle(taken, Status.DELIVERED, Duration.ZERO, "");
      case Outcome.Later(String why, Optional<Duration> notBefore) -> later(taken, why, notBefore);
      case Outcome.Dead(String why) -> dead(taken, why);
    }
  }

  /** What was sent may have arrived when this ends: then it is sent once more. */
  private Outcome outcome(Delivery taken) throws InterruptedException {
    try {
      return channels.send(taken, rows.notice(taken));
    } catch (InterruptedException late) {
      if (!isRunning()) {
        throw late;
      }
      return new Outcome.Later("it took longer than " + settings.deadline(), Optional.empty());
    } catch (DataAccessException noDatabase) {
      throw noDatabase;
    } catch (RuntimeException broken) {
      LOG.warn("delivery {} could not be put together: {}", taken.id(), why(broken));
      return new Outcome.Later("it could not be put together", Optional.empty());
    } finally {
      // The deadline may have come at the last moment: what follows must not be cut off.
      boolean unused = Thread.interrupted();
    }
  }

  private void later(Delivery taken, String why, Optional<Duration> notBefore) {
    Duration asked = notBefore.orElse(Duration.ZERO);
    Duration hold = asked.compareTo(LONGEST_HOLD) > 0 ? LONGEST_HOLD : asked;
    Optional<Duration> pause = settings.pauses().after(taken.attempts() + 1);
    if (pause.isEmpty()) {
      dead(taken, why);
      return;
    }
    if (hold.isPositive()) {
      rows.hold(taken, hold);
    }
    Duration longer = pause.get().compareTo(hold) > 0 ? pause.get() : hold;
    settle(taken, Status.PENDING, longer, why);
  }

  private void dead(Delivery taken, String why) {
    settle(taken, Status.DEAD, Duration.ZERO, why);
    LOG.warn(
        "notice {} of route {} of project {} did not reach its {} (target {}): {}",
        taken.notice(),
        taken.route(),
        taken.project(),
        taken.receiver(),
        taken.target(),
        why);
  }

  private void settle(Delivery taken, Status status, Duration pause, String trouble) {
    boolean again =
        status == Status.DELIVERED
            && taken.receiver() == Receiver.ALERTMANAGER
            && taken.firing()
            && !taken.test();
    Optional<Duration> resend = again ? Optional.of(settings.resend()) : Optional.empty();
    if (!rows.settle(taken, status, pause, trouble, resend)) {
      LOG.warn("delivery {} took longer than its lease, and may come twice", taken.id());
    }
  }

  /**
   * Tells an Alertmanager that alerts still fire, as long as no later notice of their group says
   * otherwise and their route still leads there. What fails is due anew soon enough.
   */
  private void tellAgain(Delivery delivery) throws InterruptedException {
    if (rows.outdated(delivery) || !leadsThere(delivery)) {
      rows.leave(delivery);
      return;
    }
    Notice fires = firing(rows.notice(delivery));
    if (!(channels.send(delivery, fires) instanceof Outcome.Delivered)) {
      LOG.debug("delivery {} could not be told again", delivery.id());
    }
  }

  /** Without those that are over: that was told once, and arrived. */
  private static Notice firing(Notice notice) {
    return new Notice(
        notice.project(),
        notice.route(),
        notice.groupKey(),
        notice.groupLabels(),
        notice.status(),
        notice.reason(),
        notice.alerts().stream().filter(NoticeAlert::firing).toList(),
        notice.leftOut(),
        notice.at());
  }

  /** Unknown rules may lead anywhere. */
  private boolean leadsThere(Delivery delivery) {
    Optional<List<Route>> routes = rules.of(delivery.project()).map(all -> all.declared().routes());
    return routes.isEmpty()
        || routes.get().stream()
            .filter(route -> route.name().equals(delivery.route()))
            .flatMap(route -> route.targets().stream())
            .anyMatch(to -> Delivery.lane(to.receiver(), to.address()).equals(delivery.lane()));
  }

  /** Without texts of others: they may hold what was sent, and where to. */
  private static String why(Exception failure) {
    return failure.getClass().getSimpleName();
  }

  @Override
  public void stop() {
    Workers last = workers;
    workers = null;
    if (last == null) {
      return;
    }
    last.loop().interrupt();
    last.attempts().shutdown();
    try {
      if (!last.attempts().awaitTermination(LAST_ATTEMPTS.toMillis(), TimeUnit.MILLISECONDS)) {
        last.attempts().shutdownNow();
      }
    } catch (InterruptedException hurried) {
      last.attempts().shutdownNow();
      Thread.currentThread().interrupt();
    } finally {
      last.deadlines().shutdownNow();
    }
  }

  @Override
  public boolean isRunning() {
    return workers != null;
  }
}
