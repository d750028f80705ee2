package io.assay.stream.training;

import io.assay.stream.contract.ImputerCard;
import io.assay.stream.imputation.ImputedStream;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains one imputer at a time, on a thread of low priority. One that fails is told, and tried
 * again later and later. All but {@link #status} and {@link #cancel} belong to the lease's thread.
 */
final class Worker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final long FIRST_RETRY_MILLIS = 5_000;
  private static final long LAST_RETRY_MILLIS = 600_000;

  private final TrainerSettings settings;
  private final Clock clock;
  private final ExecutorService thread = Executors.newSingleThreadExecutor(Worker::thread);
  private final Map<String, TrainingStatus> statuses = new ConcurrentHashMap<>();
  private final Map<String, Retry> retries = new HashMap<>();
  private volatile @Nullable Running running;

  private record Running(
      Training.Wanted wanted, Future<Training.Ended> work, AtomicBoolean wantedStill) {}

  private record Retry(long atMillis, long pauseMillis) {}

  /** A training that came to a version, which is to be published. */
  record Finished(Trained trained, Training.Wanted wanted) {}

  Worker(TrainerSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @SuppressWarnings("ThreadPriorityCheck") // a hint only: nothing relies on it
  private static Thread thread(Runnable work) {
    Thread made = Thread.ofPlatform().name("assay-imputer-training").daemon().unstarted(work);
    made.setPriority(Thread.MIN_PRIORITY);
    return made;
  }

  TrainingStatus status(String stream) {
    return statuses.getOrDefault(stream, TrainingStatus.of(stream));
  }

  void known(String stream, long newest, long inForce, TrainingStatus.Seen seen) {
    statuses.compute(
        stream,
        (name, now) -> {
          TrainingStatus known =
              (now == null ? TrainingStatus.of(name) : now).known(newest, inForce, seen);
          return known.state() == TrainingStatus.State.ELSEWHERE
              ? known.with(TrainingStatus.State.WAITING, "")
              : known;
        });
  }

  boolean isBusy() {
    return running != null;
  }

  /**
   * @param newest of the stream's group as it is now
   */
  boolean isDue(ImputedStream stream, Optional<ImputerCard> newest) {
    Retry retry = retries.get(stream.name());
    long now = clock.millis();
    if (retry != null && now < retry.atMillis()) {
      return false;
    }
    return newest.map(card -> now - card.trainedMillis() >= stream.every().toMillis()).orElse(true);
  }

  void begin(Training.Wanted wanted) {
    var still = new AtomicBoolean(true);
    String name = wanted.stream().name();
    put(status(name).with(TrainingStatus.State.READING, ""));
    var training =
        new Training(
            wanted, settings, still::get, share -> put(status(name).learning(share)), clock);
    running = new Running(wanted, thread.submit(training), still);
  }

  private void put(TrainingStatus status) {
    statuses.put(status.stream(), status);
  }

  /** What is over since it was asked last. */
  Optional<Finished> finished() {
    Running now = running;
    if (now == null || !now.work().isDone()) {
      return Optional.empty();
    }
    running = null;
    String name = now.wanted().stream().name();
    try {
      return switch (now.work().get()) {
        case Training.Ended.Well(var trained) -> {
          retries.remove(name);
          put(status(name).trained(trained.learned().imputer().card().rows()));
          yield Optional.of(new Finished(trained, now.wanted()));
        }
        case Training.Ended.TooLittle(var why) -> {
          put(status(name).with(TrainingStatus.State.WAITING, why));
          later(now.wanted().stream());
          yield Optional.empty();
        }
      };
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      LOG.warn("training the imputer of '{}' failed, and is tried again", name, cause);
      put(status(name).failed(cause.toString()));
      later(now.wanted().stream());
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** What had been trained could not be published. */
  void notPublished(ImputedStream stream, RuntimeException problem) {
    put(status(stream.name()).failed("it could not be published: " + problem));
    later(stream);
  }

  private void later(ImputedStream stream) {
    Retry before = retries.get(stream.name());
    long most = Math.min(LAST_RETRY_MILLIS, stream.every().toMillis());
    long pause = before == null ? FIRST_RETRY_MILLIS : 2 * before.pauseMillis();
    pause = Math.min(pause, Math.max(FIRST_RETRY_MILLIS, most));
    retries.put(stream.name(), new Retry(clock.millis() + pause, pause));
  }

  /** Nobody wants what is being trained any more; it ends soon. */
  void cancel() {
    Running now = running;
    if (now != null) {
      now.wantedStill().set(false);
      running = null;
    }
    statuses.replaceAll((name, status) -> status.with(TrainingStatus.State.ELSEWHERE, ""));
  }

  @Override
  public void close() {
    cancel();
    thread.shutdown();
  }
}
