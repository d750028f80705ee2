package io.assay.stream.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.embedded.TestBroker;
import io.assay.stream.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Topics of one test on the real broker, and who sends to them and reads them. */
final class Site {
  static final Duration PATIENCE = Duration.ofSeconds(40);
  static final long START_MILLIS = 1_700_000_000_000L;

  private final TestBroker broker = TestBroker.shared();
  private final String prefix;

  Site(String stem) {
    prefix = broker.name(stem);
  }

  String topic(String name) {
    return prefix + '.' + name;
  }

  Topics topics() {
    return new Topics(prefix);
  }

  String prefix() {
    return prefix;
  }

  ProcessorSettings settings(Path folder) {
    return ProcessorSettings.of(broker.bootstrapServers(), folder).in("street", topics());
  }

  void create(String topic, int partitions) {
    broker.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)));
  }

  void grow(String topic, int partitions) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions))).all().get();
    }
  }

  /** A stream {@code camera} of numbers, and what is said of it. */
  CheckedRules camera(String assertions) {
    return rules(
        """
        language 1
        stream camera from topic "%s" { key vehicle string time at timestamp(millis) seen int }
        """
                .formatted(topic("camera"))
            + assertions);
  }

  static CheckedRules rules(String text) {
    Compilation compilation =
        new RuleCompiler().compile(List.of(new SourceFile("rules.assay", text)), Map.of());
    assertThat(compilation.issues()).isEmpty();
    return compilation.rules().orElseThrow();
  }

  static String seen(String vehicle, long at, int seen) {
    return "{\"vehicle\":\"%s\",\"at\":%d,\"seen\":%d}".formatted(vehicle, START_MILLIS + at, seen);
  }

  /** To one partition. */
  void send(String topic, int partition, List<String> payloads) throws Exception {
    send(
        payloads.stream()
            .map(text -> new ProducerRecord<byte[], byte[]>(topic, partition, null, utf8(text)))
            .toList());
  }

  /** To where Kafka's default has it. */
  void send(String topic, String key, String payload) throws Exception {
    send(List.of(new ProducerRecord<>(topic, utf8(key), utf8(payload))));
  }

  private void send(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
    broker.send(records);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Violations that are committed: at least so many, and what comes within a moment after. */
  List<Violation> violations(int atLeast) {
    return read(topics().violations(), atLeast).stream()
        .map(record -> ViolationJson.read(record.value()))
        .toList();
  }

  List<ConsumerRecord<byte[], byte[]>> read(String topic, int atLeast) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "isolation.level",
            "read_committed",
            "auto.offset.reset",
            "earliest");
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList());
      var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (found.size() < atLeast && System.nanoTime() < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(found::add);
      }
      consumer.poll(Duration.ofSeconds(1)).forEach(found::add);
      return found;
    }
  }

  /** Of the first stream, or of the windows. */
  static StreamStatus await(
      StreamProcessors processors, boolean windows, Predicate<StreamStatus> wanted)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      List<StreamStatus> all = processors.status();
      StreamStatus status = windows ? all.getLast() : all.getFirst();
      if (wanted.test(status)) {
        return status;
      }
      assertThat(System.nanoTime() - end).as("still %s", status).isNegative();
      Thread.sleep(20);
    }
  }

  static StreamStatus await(StreamProcessors processors, Predicate<StreamStatus> wanted)
      throws InterruptedException {
    return await(processors, false, wanted);
  }
}
