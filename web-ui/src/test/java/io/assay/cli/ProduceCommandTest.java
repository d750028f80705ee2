package io.assay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.embedded.TestBroker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProduceCommandTest {
  private final TestBroker broker = TestBroker.shared();

  @TempDir Path folder;

  private Path rules(String topic) throws IOException {
    return Files.writeString(
        folder.resolve("rules.assay"),
        """
        language 1
        stream frames from topic "%s" {
          key    camera  string
          time   at      timestamp(millis)
          frame          int
        }
        """
            .formatted(topic));
  }

  private CommandLineRun produce(Path events, Path rules, String... more) {
    var args =
        new ArrayList<>(
            List.of(
                "produce", events.toString(), "--stream", "frames", "--rules", rules.toString()));
    args.addAll(List.of(more));
    return CommandLineRun.of(args.toArray(String[]::new));
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "group.id",
            broker.name("reader"),
            "auto.offset.reset",
            "earliest");
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(topic));
      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (found.size() < count && System.nanoTime() < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(found::add);
      }
    }
    return found;
  }

  @Test
  void sendsEveryLineUnderItsKeyInOrder() throws IOException {
    String topic = broker.freshTopic("produce", 4);
    var lines = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      lines.append("{\"camera\":\"c%d\",\"at\":%d,\"frame\":%d}\n".formatted(i % 5, i, i));
    }
    Path events = Files.writeString(folder.resolve("events.jsonl"), lines);

    CommandLineRun run = produce(events, rules(topic), "--bootstrap", broker.bootstrapServers());

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out()).isEqualToIgnoringNewLines("500 events sent to " + topic);
    List<ConsumerRecord<byte[], byte[]>> records = read(topic, 500);
    assertThat(records).hasSize(500);
    for (int camera = 0; camera < 5; camera++) {
      String key = "c" + camera;
      int first = camera;
      List<String> own =
          records.stream()
              .filter(r -> new String(r.key(), UTF_8).equals(key))
              .map(r -> new String(r.value(), UTF_8))
              .toList();
      assertThat(own).hasSize(100);
      for (int i = 0; i < 100; i++) {
        assertThat(own.get(i)).contains("\"frame\":" + (first + 5 * i) + "}");
      }
    }
  }

  @Test
  void sendsUnreadableLinesUntouchedAndWarns() throws IOException {
    String topic = broker.freshTopic("produce", 1);
    Path events =
        Files.writeString(
            folder.resolve("events.jsonl"), "{\"camera\":\"c\",\"at\":1}\n\n{\"at\":2}\n{broken\n");

    CommandLineRun run = produce(events, rules(topic), "--bootstrap", broker.bootstrapServers());

    assertThat(run.status()).isZero();
    assertThat(run.err())
        .contains(events + ":3: warning: ", events + ":4: warning: ", "without a key: 2");
    List<ConsumerRecord<byte[], byte[]>> records = read(topic, 3);
    assertThat(records.stream().map(r -> new String(r.value(), UTF_8)))
        .containsExactly("{\"camera\":\"c\",\"at\":1}", "{\"at\":2}", "{broken");
    assertThat(records.get(1).key()).isNull();
  }

  @Test
  void sendsToATopicThatNoRulesKnow() throws IOException {
    String topic = broker.freshTopic("produce", 2);
    Path events =
        Files.writeString(
            folder.resolve("parcels.jsonl"),
            "{\"parcel\":{\"id\":7},\"n\":1}\n{\"parcel\":{},\"n\":2}\nno\n");

    CommandLineRun run =
        CommandLineRun.of(
            "produce",
            events.toString(),
            "--topic",
            topic,
            "--key",
            "parcel.id",
            "--bootstrap",
            broker.bootstrapServers());

    assertThat(run.status()).isZero();
    assertThat(run.out()).isEqualToIgnoringNewLines("3 events sent to " + topic);
    assertThat(run.err())
        .contains(
            events
                + ":2: warning: the key 'parcel.id' needs a text or a whole number, this has none",
            events + ":3: warning: this is no JSON",
            "without a key: 2");
    List<String> keys =
        read(topic, 3).stream()
            .map(record -> record.key() == null ? "none" : new String(record.key(), UTF_8))
            .sorted()
            .toList();
    assertThat(keys).containsExactly("7", "none", "none");
  }

  @Test
  void readsStandardInput() throws IOException {
    String topic = broker.freshTopic("produce", 1);
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream("{\"a\":1}\n{\"a\":2}\n".getBytes(UTF_8)));
    try {
      CommandLineRun run =
          CommandLineRun.of("produce", "--topic", topic, "--bootstrap", broker.bootstrapServers());
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).isEqualToIgnoringNewLines("2 events sent to " + topic);
    } finally {
      System.setIn(before);
    }
    assertThat(read(topic, 2)).hasSize(2).allMatch(record -> record.key() == null);
  }

  @Test
  void eitherAStreamOrATopic() {
    assertThat(CommandLineRun.of("produce", "x", "--bootstrap", "127.0.0.1:1").err())
        .contains("needs either --stream, of --rules, or --topic");
    assertThat(
            CommandLineRun.of("produce", "x", "--stream", "s", "--key", "k", "--rules", "r").err())
        .contains("--key goes with --topic");
    assertThat(
            CommandLineRun.of(
                    "produce",
                    "pom.xml",
                    "--topic",
                    "nowhere.at.all",
                    "--bootstrap",
                    broker.bootstrapServers())
                .err())
        .contains("does not exist on", "./assay topics create --topic nowhere.at.all");
  }

  @Test
  void saysThatATopicIsMissing() throws IOException {
    Path events = Files.writeString(folder.resolve("events.jsonl"), "{}\n");

    CommandLineRun run =
        produce(events, rules("nowhere.at.all"), "--bootstrap", broker.bootstrapServers());

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .isEqualToIgnoringNewLines(
            "assay: topic nowhere.at.all of stream 'frames' does not exist on "
                + broker.bootstrapServers());
  }

  @Test
  void refusesAStreamThatTheRulesDoNotDeclare() throws IOException {
    Path events = Files.writeString(folder.resolve("events.jsonl"), "{}\n");

    CommandLineRun run =
        CommandLineRun.of(
            "produce",
            events.toString(),
            "--stream",
            "frame",
            "--rules",
            rules("t").toString(),
            "--bootstrap",
            "127.0.0.1:1");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("unknown stream 'frame'; the rules declare frames");
  }

  @Test
  void refusesRulesWithErrorsAndNeedsABroker() throws IOException {
    Path events = Files.writeString(folder.resolve("events.jsonl"), "{}\n");
    Path wrong = Files.writeString(folder.resolve("wrong.assay"), "language 1\nstream frames {\n");

    assertThat(produce(events, wrong, "--bootstrap", "127.0.0.1:1").status()).isEqualTo(1);
    CommandLineRun run = produce(events, rules("t"), "--data", folder.resolve("none").toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("needs --bootstrap");
  }

  @Test
  void saysWhatIsWrongWithABrokersAddress() throws IOException {
    Path events = Files.writeString(folder.resolve("events.jsonl"), "{}\n");

    CommandLineRun run = produce(events, rules("t"), "--bootstrap", "nowhere");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("Invalid url in bootstrap.servers: nowhere");
  }

  @Test
  void findsTheBrokerOfADataFolder() throws IOException {
    String topic = broker.freshTopic("produce", 1);
    String port = broker.bootstrapServers().substring(broker.bootstrapServers().indexOf(':') + 1);
    Files.writeString(folder.resolve("ports"), "broker=" + port + "\n");
    Path events = Files.writeString(folder.resolve("events.jsonl"), "{\"camera\":\"c\",\"at\":1}");

    CommandLineRun run = produce(events, rules(topic), "--data", folder.toString());

    assertThat(run.status()).isZero();
    assertThat(read(topic, 1)).hasSize(1);
  }
}
