package io.assay.stream.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.embedded.TestBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Violations as those hear of them who read only what is committed. */
final class ToldViolations implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<Violation> all = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  private ToldViolations(KafkaConsumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** Once the broker knows the topic. */
  static ToldViolations of(Site site) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            TestBroker.shared().bootstrapServers(),
            "isolation.level",
            "read_committed",
            "auto.offset.reset",
            "earliest");
    var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    String topic = site.topics().violations();
    long end = System.nanoTime() + Site.PATIENCE.toNanos();
    while (consumer.partitionsFor(topic).isEmpty()) {
      assertThat(System.nanoTime() - end).as("no partitions of %s", topic).isNegative();
    }
    consumer.assign(
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList());
    return new ToldViolations(consumer);
  }

  /** In the order in which they were read, the same as often as it was told. */
  List<Violation> all() {
    return all;
  }

  Set<String> ids() {
    return ids;
  }

  /** Reads on. */
  void read() {
    consumer
        .poll(Duration.ofMillis(20))
        .forEach(
            record -> {
              Violation violation = ViolationJson.read(record.value());
              all.add(violation);
              ids.add(violation.id());
            });
  }

  /** Reads all that is committed now. */
  void readToEnd() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    readUntil(
        () ->
            ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue()));
  }

  /** Reads until something is so. */
  void readUntil(BooleanSupplier so) {
    long end = System.nanoTime() + Site.PATIENCE.toNanos();
    while (!so.getAsBoolean()) {
      read();
      assertThat(System.nanoTime() - end).as("%d told", all.size()).isNegative();
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
