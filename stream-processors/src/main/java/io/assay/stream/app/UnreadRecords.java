package io.assay.stream.app;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Of which partitions an instance of Kafka Streams has read all. That a partition brings no records
 * for a while does not tell: whoever reads it may be starved, or be busy with another's backlog, or
 * with records that were fetched before and wait for their turn.
 */
final class UnreadRecords implements KafkaClientSupplier {
  private final Map<TopicPartition, Reading> readings = new ConcurrentHashMap<>();

  /**
   * How far one partition is read. Only the thread that polls writes, which is also the one that
   * hands records on; others may look.
   */
  private static final class Reading {
    private static final long NONE = -1;

    private volatile boolean isAllFetched;
    private volatile long fetched = NONE;
    private volatile long taken = NONE;

    void fetched(List<ConsumerRecord<byte[], byte[]>> records) {
      if (!records.isEmpty()) {
        // What is read again has not been taken this time.
        taken = Math.min(taken, records.getFirst().offset() - 1);
        fetched = records.getLast().offset();
      }
    }

    /** What was fetched here, and not taken, is fetched by another now. */
    void leave() {
      isAllFetched = false;
      fetched = NONE;
    }

    boolean isAllRead() {
      return isAllFetched && taken >= fetched;
    }
  }

  /** False where it is not known. */
  boolean isAllRead(String topic, int partition) {
    Reading reading = readings.get(new TopicPartition(topic, partition));
    return reading != null && reading.isAllRead();
  }

  /** Takes the offsets of a partition's records as they are handed on, in their order. */
  LongConsumer taking(String topic, int partition) {
    Reading reading = reading(new TopicPartition(topic, partition));
    return offset -> reading.taken = offset;
  }

  private Reading reading(TopicPartition partition) {
    return readings.computeIfAbsent(partition, unused -> new Reading());
  }

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return Admin.create(config);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return new Following(config);
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return plain(config);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return plain(config);
  }

  private static Consumer<byte[], byte[]> plain(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Tells after each poll what its partitions have left, by the end that the broker told last. */
  private final class Following extends KafkaConsumer<byte[], byte[]> {
    private Following(Map<String, Object> config) {
      super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
      super.subscribe(topics, new Leaving(listener));
    }

    @Override
    public void subscribe(Pattern topics, ConsumerRebalanceListener listener) {
      super.subscribe(topics, new Leaving(listener));
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
      for (TopicPartition partition : assignment()) {
        Reading reading = reading(partition);
        reading.fetched(records.records(partition));
        OptionalLong left = currentLag(partition);
        reading.isAllFetched = left.isPresent() && left.getAsLong() == 0;
      }
      return records;
    }
  }

  /** Forgets what was fetched of partitions that another instance reads from now on. */
  private final class Leaving implements ConsumerRebalanceListener {
    private final ConsumerRebalanceListener listener;

    private Leaving(ConsumerRebalanceListener listener) {
      this.listener = listener;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      listener.onPartitionsAssigned(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      leave(partitions);
      listener.onPartitionsRevoked(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      leave(partitions);
      listener.onPartitionsLost(partitions);
    }

    private void leave(Collection<TopicPartition> partitions) {
      partitions.forEach(partition -> reading(partition).leave());
    }
  }
}
