package io.assay.stream.app;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
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
 * for a while does not tell: whoever reads it may be starved, or be busy with another's backlog.
 */
final class UnreadRecords implements KafkaClientSupplier {
  private final Set<TopicPartition> allRead = ConcurrentHashMap.newKeySet();

  /** False where it is not known. */
  boolean isAllRead(String topic, int partition) {
    return allRead.contains(new TopicPartition(topic, partition));
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
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
      for (TopicPartition partition : assignment()) {
        OptionalLong left = currentLag(partition);
        if (left.isPresent() && left.getAsLong() == 0) {
          allRead.add(partition);
        } else {
          allRead.remove(partition);
        }
      }
      return records;
    }
  }
}
