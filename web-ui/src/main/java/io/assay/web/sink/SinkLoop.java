package io.assay.web.sink;

import io.assay.stream.contract.BrokerTrouble;
import io.assay.web.sink.SinkOffsets.Overtaken;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and writes in turns, on one thread.
 *
 * <p>One rule keeps it right: a partition is read only from a position that the database has given.
 * Whenever the database is in doubt, all positions are dropped, the partitions rest (the group goes
 * on), and the loop asks again.
 */
final class SinkLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(SinkLoop.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final SinkSettings settings;
  private final SinkTransaction transaction;

  /** What the database says of each partition that we may read. */
  private final Map<TopicPartition, Long> stored = new HashMap<>();

  /** Written by the loop's thread alone. */
  private volatile SinkStatus status = SinkStatus.NONE;

  /** Records that were not read yet, of the partitions that are ours; likewise. */
  private volatile Map<TopicPartition, Long> lags = Map.of();

  private volatile boolean running = true;
  private volatile @Nullable Consumer<byte[], byte[]> current;
  private Duration pause = FIRST_PAUSE;

  SinkLoop(SinkSettings settings, SinkTransaction transaction) {
    this.settings = settings;
    this.transaction = transaction;
  }

  SinkStatus status() {
    return status;
  }

  Map<TopicPartition, Long> lags() {
    return lags;
  }

  void stop() {
    running = false;
    Consumer<byte[], byte[]> consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
  }

  @Override
  public void run() {
    while (running) {
      try (var consumer = new KafkaConsumer<byte[], byte[]>(consumerSettings())) {
        current = consumer;
        consumer.subscribe(settings.topics(), new Ownership());
        while (running) {
          turn(consumer);
        }
      } catch (WakeupException end) {
        LOG.debug("sink was told to end");
      } catch (RuntimeException failure) {
        trouble("reading from Kafka failed", told(failure), failure);
        rest();
      } finally {
        current = null;
        stored.clear();
        lags = Map.of();
      }
    }
    LOG.info("sink {} ended", settings.consumer());
  }

  private void turn(Consumer<byte[], byte[]> consumer) {
    try {
      takePositions(consumer);
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      if (!records.isEmpty()) {
        write(records);
      }
      lags = lags(consumer);
      pause = FIRST_PAUSE;
    } catch (SQLException failure) {
      trouble("writing to PostgreSQL failed", String.valueOf(failure.getMessage()), failure);
      dropPositions(consumer);
      // All partitions rest, so this only keeps the place in the group.
      consumer.poll(pause);
      lengthenPause();
    } catch (Overtaken other) {
      LOG.info("another sink of the same name has written: {}", other.getMessage());
      dropPositions(consumer);
    }
  }

  /** Partitions that are new to us are read from where the database says. */
  private void takePositions(Consumer<byte[], byte[]> consumer) throws SQLException {
    Set<TopicPartition> wanted = new HashSet<>(consumer.assignment());
    stored.keySet().retainAll(wanted);
    wanted.removeAll(stored.keySet());
    if (wanted.isEmpty()) {
      return;
    }
    Map<TopicPartition, Long> positions = transaction.positions(wanted);
    positions.forEach(consumer::seek);
    stored.putAll(positions);
    consumer.resume(wanted);
  }

  private void write(ConsumerRecords<byte[], byte[]> polled) throws SQLException, Overtaken {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(polled.count());
    Map<TopicPartition, Long> from = new HashMap<>();
    Map<TopicPartition, Long> next = new HashMap<>();
    for (Map.Entry<TopicPartition, OffsetAndMetadata> each : polled.nextOffsets().entrySet()) {
      TopicPartition partition = each.getKey();
      Long position = stored.get(partition);
      if (position == null) {
        // Assigned during this very poll; it will be read once its position is known.
        continue;
      }
      records.addAll(polled.records(partition));
      from.put(partition, position);
      next.put(partition, each.getValue().offset());
    }
    long begin = System.nanoTime();
    SinkTransaction.Written written = transaction.write(records, from, next);
    stored.putAll(next);
    status = status.plus(records.size(), written, System.nanoTime() - begin);
  }

  private Map<TopicPartition, Long> lags(Consumer<byte[], byte[]> consumer) {
    Map<TopicPartition, Long> all = new HashMap<>();
    for (TopicPartition partition : stored.keySet()) {
      consumer.currentLag(partition).ifPresent(lag -> all.put(partition, lag));
    }
    return Map.copyOf(all);
  }

  private void dropPositions(Consumer<byte[], byte[]> consumer) {
    stored.clear();
    consumer.pause(consumer.assignment());
  }

  private String told(RuntimeException failure) {
    return failure instanceof KafkaException
        ? BrokerTrouble.told(
            settings.bootstrapServers(), settings.kafka(), "assay.kafka.*", failure)
        : String.valueOf(failure.getMessage());
  }

  private void trouble(String what, String why, Exception failure) {
    String text = what + ": " + why;
    if (!text.equals(status.trouble().orElse(""))) {
      LOG.warn("{}; trying again until it works", text);
      LOG.debug("{}", what, failure);
    }
    status = status.withTrouble(text);
  }

  private void rest() {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException interrupted) {
      running = false;
      Thread.currentThread().interrupt();
    }
    lengthenPause();
  }

  private void lengthenPause() {
    Duration twice = pause.multipliedBy(2);
    pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
  }

  private Map<String, Object> consumerSettings() {
    Map<String, Object> all = new HashMap<>();
    all.put(ConsumerConfig.GROUP_ID_CONFIG, settings.prefix() + "-" + settings.consumer());
    all.put(ConsumerConfig.CLIENT_ID_CONFIG, settings.prefix() + "-" + settings.consumer());
    if (settings.instance() != null) {
      all.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, settings.instance());
    }
    all.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    all.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.maxRecords());
    // What is fetched ahead is bounded too.
    all.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 * 1024 * 1024);
    all.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 2 * 1024 * 1024);
    // An instance that was killed gives its partitions to another after this.
    all.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    all.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
    // Topics that are made later are found soon.
    all.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
    all.putAll(settings.kafka());
    // All of Assay's clients ask the same brokers, and trouble is told of these.
    all.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    return all;
  }

  /** A partition that comes back was perhaps written by another meanwhile. */
  private final class Ownership implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      stored.keySet().removeAll(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      stored.keySet().removeAll(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      Consumer<byte[], byte[]> consumer = current;
      if (consumer != null) {
        consumer.pause(partitions);
      }
    }
  }
}
