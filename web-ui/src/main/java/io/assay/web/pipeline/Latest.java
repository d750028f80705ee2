package io.assay.web.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What another program answered last. One thread asks for all who look, and these wait a moment for
 * it and no longer: a page comes, whoever is away.
 */
final class Latest<T> {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration KEPT = Duration.ofSeconds(5);

  private final Supplier<T> from;
  private final Function<Throwable, String> words;
  private final Clock clock;
  private final Duration kept;
  private @Nullable FutureTask<Answer<T>> asked;
  private long askedNanos;
  private volatile @Nullable Answer<T> known;
  private volatile String trouble = "";

  private record Answer<T>(T value, Instant at) {}

  /**
   * What is known.
   *
   * @param value empty where nobody has answered yet
   * @param at when it was so; empty likewise
   * @param trouble why it is not of now; empty where it is
   */
  record Told<T>(Optional<T> value, Optional<Instant> at, String trouble) {}

  /** {@code words}: of a failure, for people. */
  Latest(Supplier<T> from, Function<Throwable, String> words, Clock clock) {
    this(from, words, clock, KEPT);
  }

  /** {@code kept}: how long an answer is as good as a new one. */
  Latest(Supplier<T> from, Function<Throwable, String> words, Clock clock, Duration kept) {
    this.kept = kept;
    this.from = from;
    this.words = words;
    this.clock = clock;
  }

  Told<T> get() {
    FutureTask<Answer<T>> task = current();
    try {
      // Who has just waited in vain need not again.
      long patience = trouble.isEmpty() ? PATIENCE.toMillis() : 50;
      known = task.get(patience, TimeUnit.MILLISECONDS);
      trouble = "";
    } catch (ExecutionException failure) {
      trouble = words.apply(Optional.ofNullable(failure.getCause()).orElse(failure));
    } catch (TimeoutException late) {
      trouble = trouble.isEmpty() ? words.apply(late) : trouble;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    Answer<T> last = known;
    return new Told<>(
        Optional.ofNullable(last).map(Answer::value),
        Optional.ofNullable(last).map(Answer::at),
        trouble);
  }

  private synchronized FutureTask<Answer<T>> current() {
    FutureTask<Answer<T>> last = asked;
    boolean old = System.nanoTime() - askedNanos > kept.toNanos();
    if (last != null && !(last.isDone() && old)) {
      return last;
    }
    var next = new FutureTask<>(() -> new Answer<>(from.get(), clock.instant()));
    Thread.ofVirtual().name("assay-look-at-broker").start(next);
    asked = next;
    askedNanos = System.nanoTime();
    return next;
  }
}
