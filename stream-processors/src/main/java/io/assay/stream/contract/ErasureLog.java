package io.assay.stream.contract;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the topic of erasures has: requests, and what tasks have done about them. One thread takes
 * records; any may ask.
 */
public final class ErasureLog implements Erasing {
  private static final Logger LOG = LoggerFactory.getLogger(ErasureLog.class);
  private static final Duration WITHIN = Duration.ofSeconds(10);

  private final Map<String, ErasureRequest> requests = new ConcurrentHashMap<>();
  private final Map<String, ErasureDone> done = new ConcurrentHashMap<>();
  private volatile boolean known;

  ErasureLog() {}

  /**
   * Reads the topic to its end.
   *
   * @param clients settings of Kafka's clients, the bootstrap servers among them
   * @throws KafkaException if the broker does not answer as needed
   */
  public static ErasureLog read(Map<String, ?> clients, Topics topics) {
    var log = new ErasureLog();
    var partition = new TopicPartition(topics.erasures(), 0);
    try (var consumer =
        new KafkaConsumer<>(
            RuleLog.consumer(clients), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition), WITHIN).getOrDefault(partition, 0L);
      long began = System.nanoTime();
      while (consumer.position(partition, WITHIN) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(log::take);
        if (System.nanoTime() - began > WITHIN.toNanos()) {
          throw new KafkaException("%s could not be read within %s".formatted(partition, WITHIN));
        }
      }
    }
    log.known = true;
    return log;
  }

  void take(ConsumerRecord<byte[], byte[]> record) {
    byte[] key = record.key();
    try {
      if (key != null && ErasureRequest.isKey(key)) {
        takeRequest(record);
      } else if (key != null && record.value() != null) {
        ErasureDone one = ErasureDone.read(record.value());
        done.put(new String(one.key(), StandardCharsets.UTF_8), one);
      }
    } catch (IllegalArgumentException broken) {
      LOG.warn(
          "{}-{}@{} is passed over: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          broken.getMessage());
    }
  }

  private void takeRequest(ConsumerRecord<byte[], byte[]> record) {
    String id = new String(record.key(), StandardCharsets.UTF_8);
    if (record.value() == null) {
      requests.remove(id);
    } else {
      requests.put(id, ErasureRequest.read(record.value()));
    }
  }

  /** All that was there at the start has been taken. */
  void caughtUp() {
    known = true;
  }

  boolean isKnown() {
    return known;
  }

  @Override
  public Optional<List<ErasureRequest>> of(String project) {
    return known
        ? Optional.of(
            requests.values().stream().filter(one -> one.project().equals(project)).toList())
        : Optional.empty();
  }

  /** What tasks have done about a request. */
  public List<ErasureDone> done(String project, String digest) {
    List<ErasureDone> found = new ArrayList<>();
    for (ErasureDone one : done.values()) {
      if (one.project().equals(project) && one.digest().equals(digest)) {
        found.add(one);
      }
    }
    return found;
  }
}
