package io.assay.stream.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** By which generations tasks judge, as all of them have told last. */
public final class RuleUses {
  private static final Logger LOG = LoggerFactory.getLogger(RuleUses.class);
  private static final Duration WITHIN = Duration.ofSeconds(10);

  private RuleUses() {}

  /** Those of one project. */
  public static List<RuleUse> of(Map<String, ?> clients, Topics topics, String project) {
    return all(clients, topics).stream().filter(use -> use.project().equals(project)).toList();
  }

  /**
   * Reads the topic to its end.
   *
   * @param clients settings of Kafka's clients, the bootstrap servers among them
   * @throws KafkaException if the broker does not answer as needed
   */
  public static List<RuleUse> all(Map<String, ?> clients, Topics topics) {
    Map<String, RuleUse> newest = new HashMap<>();
    try (var consumer =
        new KafkaConsumer<>(
            RuleLog.consumer(clients), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      consumer
          .partitionsFor(topics.ruleUse(), WITHIN)
          .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long until = System.nanoTime() + WITHIN.toNanos();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          add(record, newest);
        }
        if (System.nanoTime() - until > 0) {
          throw new KafkaException(
              "the topic %s could not be read within %s".formatted(topics.ruleUse(), WITHIN));
        }
      }
    }
    return List.copyOf(newest.values());
  }

  private static void add(ConsumerRecord<byte[], byte[]> record, Map<String, RuleUse> newest) {
    if (record.value() != null) {
      try {
        RuleUse use = RuleUse.read(record.value());
        newest.put(String.join("/", use.project(), use.application(), use.task()), use);
      } catch (IllegalArgumentException broken) {
        LOG.warn("{}-{}@{}", record.topic(), record.partition(), record.offset(), broken);
      }
    }
  }
}
