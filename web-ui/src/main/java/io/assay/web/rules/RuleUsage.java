package io.assay.web.rules;

import io.assay.stream.contract.RuleUse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the tasks of all processors say of the rules that they judge by. One thread asks for all who
 * look at pages, and these wait a moment for it and no longer: a broker that is away takes each
 * question half a minute.
 */
public final class RuleUsage implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RuleUsage.class);
  private static final Duration KEPT = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Optional<Supplier<List<RuleUse>>> topic;
  private final Clock clock;
  private @Nullable Question question;
  private volatile @Nullable Answer answer;
  private volatile String failure = "";

  /** All projects' uses, and when they were asked for. */
  private record Answer(List<RuleUse> uses, Instant at) {}

  /**
   * What was told last.
   *
   * @param at when
   * @param isLate whether it should be newer by now, and nobody answers
   */
  public record Told(List<RuleUse> uses, Instant at, boolean isLate) {}

  /** {@code topic}: reads it to its end; none where there is no broker. */
  RuleUsage(Optional<Supplier<List<RuleUse>>> topic, Clock clock) {
    this.topic = topic;
    this.clock = clock;
  }

  /** Empty where nobody has answered yet. */
  public Optional<Told> of(String project) {
    boolean isLate = topic.isPresent() && !current(topic.get()).isAnswered();
    return Optional.ofNullable(answer)
        .map(
            known ->
                new Told(
                    known.uses().stream().filter(use -> use.project().equals(project)).toList(),
                    known.at(),
                    isLate));
  }

  private synchronized Question current(Supplier<List<RuleUse>> from) {
    Question last = question;
    if (last == null || last.isOutdated()) {
      // Who has just waited in vain need not again.
      last = new Question(from, failure.isEmpty() ? PATIENCE : Duration.ZERO);
      question = last;
    }
    return last;
  }

  /** One reading of the topic, on a thread of its own. */
  private final class Question {
    private final long until;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;
    private volatile long ended;

    Question(Supplier<List<RuleUse>> from, Duration patience) {
      this.until = System.nanoTime() + patience.toNanos();
      this.thread = Thread.ofPlatform().name("assay-rule-use").daemon().start(() -> ask(from));
    }

    private void ask(Supplier<List<RuleUse>> from) {
      Instant at = clock.instant();
      try {
        answer = new Answer(from.get(), at);
        failure = "";
      } catch (RuntimeException trouble) {
        failed(trouble.toString());
      } finally {
        ended = System.nanoTime();
        over.countDown();
      }
    }

    private void failed(String told) {
      if (!Thread.currentThread().isInterrupted() && !told.equals(failure)) {
        LOG.warn("whether rules judge is not known; it is asked again: {}", told);
      }
      failure = told;
    }

    boolean isOutdated() {
      return over.getCount() == 0 && System.nanoTime() - ended > KEPT.toNanos();
    }

    /** Waits for it, but all who wait together no longer than the first would. */
    boolean isAnswered() {
      try {
        return over.await(until - System.nanoTime(), TimeUnit.NANOSECONDS) && failure.isEmpty();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  @Override
  public synchronized void close() {
    Question last = question;
    if (last != null) {
      last.thread.interrupt();
    }
  }
}
