package io.assay.stream.training;

import io.assay.stream.imputation.ImputedStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the imputers of a project, in one process at a time: whoever is assigned the one partition
 * of the imputers' topic. What is published is written in a transaction that the broker takes only
 * from the member that has it. Nothing is kept here: versions are read from the topic, rows from
 * the streams' topics.
 */
public final class LeasedTrainer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeasedTrainer.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long AFTER_FAILURE_SECONDS = 5;

  private final Supplier<Optional<Streams>> rules;
  private final BooleanSupplier ready;
  private final TrainerSettings settings;
  private final TopicPartition lease;
  private final Worker worker;
  private final Clock clock;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private volatile String failure = "";
  private volatile @Nullable KafkaConsumer<byte[], byte[]> current;
  private @Nullable Leading leading;

  /**
   * What the rules want trained.
   *
   * @param generation of the rules
   */
  public record Streams(long generation, List<ImputedStream> streams) {
    public Streams {
      streams = List.copyOf(streams);
    }
  }

  private LeasedTrainer(
      Supplier<Optional<Streams>> rules,
      BooleanSupplier ready,
      TrainerSettings settings,
      Clock clock) {
    this.rules = rules;
    this.ready = ready;
    this.settings = settings;
    this.lease = new TopicPartition(settings.topics().imputers(), 0);
    this.worker = new Worker(settings, clock);
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("assay-imputer-lease").daemon().unstarted(this::run);
  }

  /**
   * One that is not started yet.
   *
   * @param rules the newest; empty while there are none
   * @param ready whether the topics are there
   */
  public static LeasedTrainer of(
      Supplier<Optional<Streams>> rules,
      BooleanSupplier ready,
      TrainerSettings settings,
      Clock clock) {
    return new LeasedTrainer(rules, ready, settings, clock);
  }

  /** Returns at once; a broker or topic that is missing is waited for. */
  public void start() {
    thread.start();
  }

  /** Of each stream whose gaps the rules want filled. */
  public List<TrainingStatus> status() {
    return streams().streams().stream().map(stream -> worker.status(stream.name())).toList();
  }

  /** Why nobody knows here who trains; empty when all is well. */
  public String failure() {
    return failure;
  }

  private Streams streams() {
    return rules.get().orElseGet(() -> new Streams(0, List.of()));
  }

  private void run() {
    try {
      do {
        if (ready.getAsBoolean() && !streams().streams().isEmpty()) {
          follow();
        }
      } while (!stopping.await(failure.isEmpty() ? 1 : AFTER_FAILURE_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      worker.close();
    }
  }

  /** While there is something to train. */
  private void follow() {
    try (var consumer = new KafkaConsumer<byte[], byte[]>(TrainerClients.lease(settings))) {
      current = consumer;
      consumer.subscribe(List.of(lease.topic()), new Lease(consumer));
      while (stopping.getCount() > 0 && !streams().streams().isEmpty()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (leading != null) {
            leading.take(record);
          }
        }
        failure = "";
        Leading now = leading;
        if (now != null && now.isCaughtUp()) {
          now.tend(streams());
        }
      }
    } catch (WakeupException end) {
      LOG.debug("the trainer was told to end");
    } catch (RuntimeException problem) {
      String told = problem.toString();
      if (!told.equals(failure)) {
        LOG.warn("imputers are not trained here, and it is tried again: {}", told);
      }
      failure = told;
    } finally {
      current = null;
      resign();
    }
  }

  private void resign() {
    Leading was = leading;
    leading = null;
    worker.cancel();
    if (was != null) {
      was.close();
    }
  }

  /** Ends within a few seconds; a training that is not over is dropped. */
  @Override
  public void close() {
    stopping.countDown();
    worker.cancel();
    KafkaConsumer<byte[], byte[]> consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
      thread.interrupt();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The partition comes and goes. */
  private final class Lease implements ConsumerRebalanceListener {
    private final KafkaConsumer<byte[], byte[]> consumer;

    Lease(KafkaConsumer<byte[], byte[]> consumer) {
      this.consumer = consumer;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      if (partitions.contains(lease)) {
        LOG.info("imputers of project '{}' are trained here", settings.project());
        leading = new Leading(consumer, lease, settings, worker, clock);
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      if (partitions.contains(lease)) {
        resign();
      }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      onPartitionsRevoked(partitions);
    }
  }
}
