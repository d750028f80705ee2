package io.assay.stream.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topic of erasures from its beginning, on a thread of its own. A broker or topic that
 * is missing is waited for.
 */
public final class ErasureFollower implements Erasing, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ErasureFollower.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long AFTER_FAILURE_MILLIS = 1000;

  private final Map<String, Object> clients;
  private final TopicPartition partition;
  private final ErasureLog log = new ErasureLog();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private long position;
  private @Nullable RuntimeException trouble;
  private volatile @Nullable KafkaConsumer<byte[], byte[]> current;

  private ErasureFollower(Map<String, ?> clients, Topics topics) {
    this.clients = Map.copyOf(clients);
    this.partition = new TopicPartition(topics.erasures(), 0);
    this.thread = Thread.ofPlatform().name("assay-erasures").daemon().unstarted(this::run);
  }

  /**
   * Returns at once.
   *
   * @param clients settings of Kafka's clients, the bootstrap servers among them
   */
  public static ErasureFollower start(Map<String, ?> clients, Topics topics) {
    var follower = new ErasureFollower(clients, topics);
    follower.thread.start();
    return follower;
  }

  @Override
  public Optional<List<ErasureRequest>> of(String project) {
    return log.of(project);
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
    consumer.seek(partition, position);
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    while (stopping.getCount() > 0) {
      consumer.poll(POLL).forEach(log::take);
      position = consumer.position(partition);
      trouble = null;
      if (!log.isKnown() && position >= end) {
        log.caughtUp();
      }
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
