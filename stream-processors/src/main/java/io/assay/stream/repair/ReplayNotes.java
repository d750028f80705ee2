package io.assay.stream.repair;

import io.assay.stream.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of a project was replayed, as the topic of notes said when it was read. */
public final class ReplayNotes {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayNotes.class);
  private static final Duration WITHIN = Duration.ofSeconds(30);

  private final Map<String, ReplayNote> byKey;

  private ReplayNotes(Map<String, ReplayNote> byKey) {
    this.byKey = byKey;
  }

  /**
   * Reads what had been written when it began, be it committed or given up since: an open
   * transaction of another project would else hide what stands behind it.
   *
   * @param clients settings of Kafka's clients, the bootstrap servers among them
   * @throws KafkaException if the broker does not answer as needed
   */
  public static ReplayNotes read(Map<String, ?> clients, Topics topics, String project) {
    Map<String, ReplayNote> found = new HashMap<>();
    var partition = new TopicPartition(topics.repairs(), 0);
    long end = writtenUntil(clients, partition);
    if (end == 0) {
      return new ReplayNotes(found);
    }
    try (var consumer =
        new KafkaConsumer<>(
            AsideReader.settings(clients),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long until = System.nanoTime() + WITHIN.toNanos();
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          add(record, project + '/', found);
        }
        if (System.nanoTime() - until > 0) {
          throw new KafkaException(
              "the topic %s could not be read within %s".formatted(partition.topic(), WITHIN));
        }
      }
    }
    return new ReplayNotes(found);
  }

  /** 0 where there is no such topic: nothing was replayed yet. */
  private static long writtenUntil(Map<String, ?> clients, TopicPartition partition) {
    try (Admin admin = Admin.create(new HashMap<>(clients))) {
      return admin
          .listOffsets(
              Map.of(partition, OffsetSpec.latest()),
              new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED).timeoutMs(10_000))
          .partitionResult(partition)
          .get()
          .offset();
    } catch (ExecutionException problem) {
      if (problem.getCause() instanceof UnknownTopicOrPartitionException) {
        return 0;
      }
      throw new KafkaException(
          "the end of the topic %s is not known".formatted(partition.topic()), problem.getCause());
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }

  private static void add(
      ConsumerRecord<byte[], byte[]> record, String prefix, Map<String, ReplayNote> found) {
    String key = new String(record.key(), StandardCharsets.UTF_8);
    if (!key.startsWith(prefix) || record.value() == null) {
      return;
    }
    try {
      found.put(key, ReplayNote.read(record.value()));
    } catch (IllegalArgumentException broken) {
      LOG.warn("{}-{}@{}", record.topic(), record.partition(), record.offset(), broken);
    }
  }

  /** Of the newest replay. */
  public Optional<ReplayNote> of(PutAside record) {
    ReplayNote note = byKey.get(new String(ReplayNote.key(record), StandardCharsets.UTF_8));
    return Optional.ofNullable(note).filter(found -> found.source().equals(record.source()));
  }
}
