package io.assay.web.labels.studio;

import io.assay.stream.contract.LabelRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Label Studio told, until it is worked on: its annotators wait for our answer, and it gives
 * up after a second. What is lost here, as when the process ends, the next poll finds.
 */
final class StudioInbox implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StudioInbox.class);
  private static final int MOST_WAITING = 1000;
  private static final long MOST_BYTES = 32L << 20;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Consumer<List<LabelRecord>> taker;
  private final BiConsumer<String, String> refused;
  private final Clock clock;
  private final Duration firstPause;
  private final BlockingQueue<Told> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong bytes = new AtomicLong();
  private final Thread thread =
      Thread.ofPlatform().name("assay-label-studio").daemon().unstarted(this::run);

  /** A body as it came. */
  private static final class Told {
    private final String project;
    private final Predicate<String> reaches;
    private final byte[] body;

    Told(String project, Predicate<String> reaches, byte[] body) {
      this.project = project;
      this.reaches = reaches;
      this.body = body;
    }
  }

  private StudioInbox(
      Consumer<List<LabelRecord>> taker,
      BiConsumer<String, String> refused,
      Clock clock,
      Duration firstPause) {
    this.taker = taker;
    this.refused = refused;
    this.clock = clock;
    this.firstPause = firstPause;
  }

  /**
   * Starts working.
   *
   * @param taker throws where it cannot take labels now; it is asked again
   * @param refused is told of what cannot be taken: whose project, and why
   * @param firstPause until then; each is twice as long as the one before
   */
  static StudioInbox start(
      Consumer<List<LabelRecord>> taker,
      BiConsumer<String, String> refused,
      Clock clock,
      Duration firstPause) {
    var inbox = new StudioInbox(taker, refused, clock, firstPause);
    inbox.thread.start();
    return inbox;
  }

  /**
   * Keeps what was told for later; returns whether there was room.
   *
   * @param reaches of which streams whoever tells may send labels
   */
  boolean offer(String project, Predicate<String> reaches, byte[] body) {
    if (bytes.addAndGet(body.length) > MOST_BYTES
        || !waiting.offer(new Told(project, reaches, body))) {
      bytes.addAndGet(-body.length);
      return false;
    }
    return true;
  }

  private void run() {
    try {
      while (true) {
        Told told = waiting.take();
        StudioAnnotations.fitting(label(told).stream().toList()).forEach(this::hand);
        bytes.addAndGet(-told.body.length);
        if (Thread.interrupted()) {
          return;
        }
      }
    } catch (InterruptedException closing) {
      LOG.debug("no more is taken of Label Studio");
    }
  }

  private Optional<LabelRecord> label(Told told) {
    try {
      Optional<LabelRecord> label =
          StudioAnnotations.ofWebhook(
              told.project, JsonMapper.shared().readTree(told.body), clock.instant());
      if (label.isPresent() && !told.reaches.test(label.get().stream())) {
        LOG.warn(
            "the token that Label Studio has may not send labels to stream '{}' of project {}",
            label.get().stream(),
            told.project);
        refused.accept(
            told.project, "the token may not send labels to stream '" + label.get().stream() + "'");
        return Optional.empty();
      }
      return label;
    } catch (JacksonException noJson) {
      LOG.warn("what came of Label Studio for project {} is not JSON", told.project);
      refused.accept(told.project, "the body is not JSON");
      return Optional.empty();
    }
  }

  private void hand(LabelRecord label) {
    Duration pause = firstPause;
    while (true) {
      try {
        taker.accept(List.of(label));
        return;
      } catch (RuntimeException notNow) {
        LOG.debug("a label of Label Studio waits: {}", notNow.toString());
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException closing) {
        Thread.currentThread().interrupt();
        return;
      }
      Duration twice = pause.multipliedBy(2);
      pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
