package io.assay.stream.contract;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the imputers' topic from its beginning, on a thread of its own. A broker or topic that is
 * missing is waited for; what cannot be read is told and passed over, so that what was known stays.
 */
public final class ImputerFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ImputerFollower.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long AFTER_FAILURE_MILLIS = 1000;

  private final Map<String, Object> clients;
  private final TopicPartition partition;
  private final ImputerTable table = new ImputerTable();
  private final ImputerListener to;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CountDownLatch caughtUp = new CountDownLatch(1);
  private final Set<Changed> changed = new LinkedHashSet<>();
  private final Thread thread;
  private long position;
  private volatile @Nullable KafkaConsumer<byte[], byte[]> current;
  private volatile @Nullable RuntimeException trouble;

  private record Changed(String project, String stream) {}

  private ImputerFollower(Map<String, ?> clients, Topics topics, ImputerListener to) {
    this.clients = Map.copyOf(clients);
    this.partition = new TopicPartition(topics.imputers(), 0);
    this.to = to;
    this.thread = Thread.ofPlatform().name("assay-imputers").daemon().unstarted(this::run);
  }

  /**
   * Returns at once.
   *
   * @param clients settings of Kafka's clients, the bootstrap servers among them
   * @param to is told on the follower's thread, once all that was there at the start is known
   */
  public static ImputerFollower start(Map<String, ?> clients, Topics topics, ImputerListener to) {
    var follower = new ImputerFollower(clients, topics, to);
    follower.thread.start();
    return follower;
  }

  /** What is known by now. */
  public ImputerTable table() {
    return table;
  }

  /** Waits until all that was there at the start is known, and has been told. */
  public boolean awaitCaughtUp(Duration atMost) throws InterruptedException {
    return caughtUp.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Why nothing is read at the moment; empty when all is well. */
  public Optional<RuntimeException> trouble() {
    return Optional.ofNullable(trouble);
  }

  private void run() {
    try {
      do {
        try (var consumer =
            new KafkaConsumer<>(
                RuleLog.consumer(clients),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
          current = consumer;
          follow(consumer);
        } catch (RuntimeException problem) {
          failed(problem);
        }
      } while (!stopping.await(AFTER_FAILURE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow(KafkaConsumer<byte[], byte[]> consumer) {
    consumer.assign(List.of(partition));
    // Going on where it was: what is older than that is known, and older choices are not told anew.
    consumer.seek(partition, position);
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    while (stopping.getCount() > 0) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        take(record);
      }
      position = consumer.position(partition);
      trouble = null;
      if (caughtUp.getCount() == 0 || position >= end) {
        changed.forEach(one -> to.changed(table, one.project(), one.stream()));
        changed.clear();
        caughtUp.countDown();
      }
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      table
          .take(record.key(), record.value(), record.offset())
          .ifPresent(key -> changed.add(new Changed(key.project(), key.stream())));
    } catch (IllegalArgumentException broken) {
      LOG.warn("{}@{} is passed over: {}", partition, record.offset(), broken.getMessage());
    }
  }

  private void failed(RuntimeException problem) {
    if (!Thread.currentThread().isInterrupted() && stopping.getCount() > 0) {
      if (!BrokerTrouble.isAgain(trouble, problem)) {
        LOG.warn(
            "{} cannot be read; it is tried again: {}",
            partition,
            BrokerTrouble.told(clients, problem));
      }
      trouble = problem;
    }
  }

  @Override
  public void close() {
    stopping.countDown();
    KafkaConsumer<byte[], byte[]> consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(2));
      thread.interrupt();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
