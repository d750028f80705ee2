package io.assay.stream.contract;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the rules' topic from its beginning, on a thread of its own, and hands on the generations
 * that became whole, of all projects, in order. A broker or topic that is missing is waited for.
 */
public final class RuleFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RuleFollower.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long AFTER_FAILURE_MILLIS = 1000;

  private final Map<String, Object> clients;
  private final Topics topics;
  private final RuleListener to;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CountDownLatch caughtUp = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable RuleLog current;
  private volatile @Nullable RuntimeException trouble;

  private RuleFollower(Map<String, ?> clients, Topics topics, RuleListener to) {
    this.clients = Map.copyOf(clients);
    this.topics = topics;
    this.to = to;
    this.thread = Thread.ofPlatform().name("assay-rules").daemon().unstarted(this::run);
  }

  /**
   * Returns at once.
   *
   * @param clients settings of Kafka's clients, the bootstrap servers among them
   * @param to is told on the follower's thread
   */
  public static RuleFollower start(Map<String, ?> clients, Topics topics, RuleListener to) {
    var follower = new RuleFollower(clients, topics, to);
    follower.thread.start();
    return follower;
  }

  /** Waits until all that was published before the start has been handed on. */
  public boolean awaitCaughtUp(Duration atMost) throws InterruptedException {
    return caughtUp.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Why nothing is read at the moment, in words; empty when all is well. */
  public String failure() {
    return trouble().map(RuntimeException::toString).orElse("");
  }

  /** The same, as it happened. */
  public Optional<RuntimeException> trouble() {
    return Optional.ofNullable(trouble);
  }

  private void run() {
    try {
      do {
        try (RuleLog log = new RuleLog(clients, topics)) {
          current = log;
          follow(log);
        } catch (RuntimeException problem) {
          failed(problem);
        }
      } while (!stopping.await(AFTER_FAILURE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow(RuleLog log) {
    long end = log.end();
    while (stopping.getCount() > 0) {
      log.poll(POLL, to);
      trouble = null;
      if (caughtUp.getCount() > 0 && log.position() >= end) {
        caughtUp.countDown();
      }
    }
  }

  private void failed(RuntimeException problem) {
    if (!Thread.currentThread().isInterrupted() && stopping.getCount() > 0) {
      if (!BrokerTrouble.isAgain(trouble, problem)) {
        LOG.warn(
            "the rules in {} cannot be read; it is tried again: {}",
            topics.rules(),
            BrokerTrouble.told(clients, problem));
      }
      trouble = problem;
    }
  }

  @Override
  public void close() {
    stopping.countDown();
    RuleLog log = current;
    if (log != null) {
      log.wakeup();
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(2));
      thread.interrupt();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
