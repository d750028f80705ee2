package io.assay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.event.Coordinates;
import io.assay.embedded.TestBroker;
import io.assay.stream.assertions.Aside;
import io.assay.stream.contract.DeadLetter;
import io.assay.stream.contract.HeaderNames;
import io.assay.stream.contract.LateRecord;
import io.assay.stream.contract.Provenance;
import io.assay.stream.contract.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real broker, with letters as the processors write them. */
class DeadLettersCommandTest {
  private static final Pattern NEXT = Pattern.compile("--after (\\S+)");
  private static final String BROKEN = "{\"camera\": \"c1\", \"at\": 17, \"boxes\": [1, 2}";

  private final TestBroker broker = TestBroker.shared();
  private final Topics topics = new Topics(broker.name("letters"));
  private final String source = broker.freshTopic("camera", 2);

  @TempDir Path folder;

  @BeforeEach
  void makeTopics() {
    broker.createTopics(
        topics.plans(3).stream()
            .filter(plan -> !plan.name().equals(topics.repairs()))
            .map(plan -> plan.newTopic())
            .toList());
  }

  private DeadLetter letter(String project, String cause, String detail, long offset) {
    var from = new Coordinates(source, 1, offset);
    return new DeadLetter(
        new Provenance(project, "frames", from, 1_700_000_000_000L), cause, detail);
  }

  private DeadLetter broken(long offset) {
    return letter("default", "broken-json", "Unexpected close marker '}' at byte 41", offset);
  }

  private void putAside(String topic, int partition, byte[] value, Consumer<Headers> provenance) {
    putAside(topic, partition, List.of(value), List.of(provenance));
  }

  private void putAside(
      String topic, int partition, List<byte[]> values, List<Consumer<Headers>> provenance) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            // A topic that has just been made may refuse one batch and take the next.
            "max.in.flight.requests.per.connection",
            1,
            "max.request.size",
            16 << 20,
            "acks",
            "all");
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < values.size(); i++) {
        var original = new RecordHeaders();
        original.add("traceparent", "00-ab-cd-01".getBytes(UTF_8));
        Record<byte[], byte[]> aside =
            Aside.record("c1".getBytes(UTF_8), values.get(i), original, 0, provenance.get(i));
        var unused =
            producer.send(
                new ProducerRecord<>(
                    topic, partition, aside.key(), aside.value(), aside.headers()));
      }
      producer.flush();
    }
  }

  private CommandLineRun run(String... args) {
    var all = new ArrayList<>(List.of("dead-letters"));
    all.addAll(List.of(args));
    all.addAll(List.of("--bootstrap", broker.bootstrapServers(), "--prefix", topics.prefix()));
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  private List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
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
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(100)).forEach(found::add);
      }
      return found;
    }
  }

  @Test
  void showsWhereTheBytesAreWrong() throws Exception {
    putAside(topics.deadLetters(), 2, BROKEN.getBytes(UTF_8), broken(7)::write);
    Path raw = folder.resolve("raw.json");

    CommandLineRun shown = run("show", "2@0", "--raw", raw.toString());

    assertThat(shown.err()).isEmpty();
    assertThat(shown.out())
        .contains(
            "cause      broken-json",
            "came from  " + source + "-1@7",
            "key        c1",
            "header     traceparent: 00-ab-cd-01",
            "    " + BROKEN + "\n    " + " ".repeat(41) + "^ byte 41\n");
    assertThat(Files.readString(raw)).isEqualTo(BROKEN);
    assertThat(run("show", "2@0", "--raw", raw.toString()).err()).contains("not written over");
    assertThat(run("show", "2@0", "--format", "json").out())
        .contains("\"cause\":\"broken-json\"", "\"position\":\"2@0\"");
  }

  @Test
  void whatIsNoTextIsShownInHexAndCommandsNoTerminal() {
    byte[] binary = {(byte) 0xff, 0, 27};
    putAside(topics.deadLetters(), 0, binary, broken(1)::write);
    putAside(topics.deadLetters(), 0, "\u001b[2J".getBytes(UTF_8), broken(2)::write);

    assertThat(run("show", "0@0").out()).contains("ff 00 1b");
    assertThat(run("show", "0@1").out()).contains("\\u001b[2J").doesNotContain("\u001b");
  }

  @Test
  void sendsOnceUnderTheOldKeyAndHeadersAndSaysSo() {
    putAside(topics.deadLetters(), 0, BROKEN.getBytes(UTF_8), broken(7)::write);

    CommandLineRun dry = run("replay", "0@0", "--dry-run");
    assertThat(dry.out()).contains("0@0  would go to " + source, "1 would be sent");
    assertThat(committed(source)).isEmpty();

    assertThat(run("replay", "0@0").out())
        .contains("0@0  sent to " + source + "-1@0", "1 sent, 0 replayed before, 0 refused");
    CommandLineRun twice = run("replay", "0@0");
    assertThat(twice.status()).isZero();
    assertThat(twice.out()).contains("by command line; --again", "0 sent, 1 replayed before");

    List<ConsumerRecord<byte[], byte[]>> sent = committed(source);
    assertThat(sent).hasSize(1);
    assertThat(sent.getFirst().key()).isEqualTo("c1".getBytes(UTF_8));
    assertThat(sent.getFirst().value()).isEqualTo(BROKEN.getBytes(UTF_8));
    assertThat(HeaderNames.text(sent.getFirst().headers(), "traceparent")).isEqualTo("00-ab-cd-01");
    assertThat(HeaderNames.text(sent.getFirst().headers(), HeaderNames.REPLAY_OF))
        .isEqualTo(topics.deadLetters() + "-0@0");
    assertThat(run("list").out()).contains("  replayed 2");

    assertThat(run("replay", "0@0", "--again").out()).contains("1 sent");
    assertThat(committed(source)).hasSize(2);
  }

  @Test
  void bytesLeftOutAreRefusedUnlessTheyAreGiven() throws Exception {
    putAside(topics.deadLetters(), 0, new byte[Topics.LARGEST_OUTPUT + 1], broken(1)::write);

    CommandLineRun refused = run("replay", "0@0");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.out())
        .contains(
            "0@0  refused: the value of %d bytes was too large to be kept"
                .formatted(Topics.LARGEST_OUTPUT + 1));
    assertThat(committed(source)).isEmpty();

    Path edited = Files.writeString(folder.resolve("edited.json"), "{\"camera\":\"c1\"}");
    assertThat(run("replay", "0@0", "--edit", edited.toString()).out()).contains("1 sent");
    assertThat(committed(source))
        .singleElement()
        .satisfies(
            record -> assertThat(record.value()).isEqualTo("{\"camera\":\"c1\"}".getBytes(UTF_8)));
  }

  @Test
  void aTopicThatIsGoneIsRefused() {
    var from = new Coordinates(source + ".gone", 0, 0);
    var letter =
        new DeadLetter(new Provenance("default", "frames", from, 0), "no-key", "needed a key");
    putAside(topics.deadLetters(), 0, "{}".getBytes(UTF_8), letter::write);

    CommandLineRun run = run("replay", "0@0");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("its topic '" + source + ".gone' does not exist");
  }

  @Test
  void anotherProjectsAreNotSeen() {
    putAside(
        topics.deadLetters(), 0, "{}".getBytes(UTF_8), letter("other", "no-key", "", 1)::write);

    assertThat(run("list").out()).isEmpty();
    assertThat(run("show", "0@0").err()).contains("project 'default' has no dead letter at 0@0");
    assertThat(run("replay", "0@0").status()).isEqualTo(3);
    assertThat(run("list", "--project", "other").out()).contains("no-key");
    assertThat(committed(source)).isEmpty();
  }

  @Test
  void tenThousandComePageByPageEachOnce() {
    for (int partition = 0; partition < 3; partition++) {
      List<byte[]> values = new ArrayList<>();
      List<Consumer<Headers>> letters = new ArrayList<>();
      for (int i = 0; i < 10_000; i++) {
        if (i % 3 == partition) {
          values.add(BROKEN.getBytes(UTF_8));
          letters.add(broken(i)::write);
        }
      }
      putAside(topics.deadLetters(), partition, values, letters);
    }
    Set<String> seen = new HashSet<>();
    String after = null;
    int pages = 0;
    do {
      CommandLineRun page =
          after == null
              ? run("list", "--limit", "1000")
              : run("list", "--limit", "1000", "--after", after);
      page.out().lines().forEach(line -> assertThat(seen.add(line.split(" ")[0])).isTrue());
      Matcher next = NEXT.matcher(page.err());
      after = next.find() ? next.group(1) : null;
      pages++;
    } while (after != null);

    assertThat(seen).hasSize(10_000);
    assertThat(pages).isEqualTo(10);
  }

  @Test
  void allThatFitAreSentAndNothingElse() {
    for (int i = 0; i < 120; i++) {
      putAside(
          topics.deadLetters(),
          i % 3,
          ("{\"n\":" + i + "}").getBytes(UTF_8),
          letter("default", i < 110 ? "no-time" : "no-key", "", i)::write);
    }

    CommandLineRun run = run("replay", "--all", "--stream", "frames", "--cause", "no-time");

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("110 sent, 0 replayed before, 0 refused");
    assertThat(committed(source)).hasSize(110);
    assertThat(run("replay", "--all").out()).contains("10 sent, 110 replayed before");
  }

  @Test
  void lateOnesHaveTheirOwnPlace() {
    var late =
        new LateRecord(
            new Provenance("default", "frames", new Coordinates(source, 0, 3), 1_700_000_000_000L),
            LateRecord.LATE,
            1_600_000_000_000L);
    putAside(topics.late(), 1, "{}".getBytes(UTF_8), late::write);

    assertThat(run("list").out()).isEmpty();
    assertThat(run("list", "--late").out())
        .contains("1@0", "late", "of 2020-09-13T12:26:40Z, received 2023-11-14T22:13:20Z");
    assertThat(run("replay", "--late", "1@0").out()).contains("sent to " + source + "-0@0");
  }

  @Test
  void wrongUseIsSaidAndSendsNothing() {
    putAside(topics.deadLetters(), 0, "{}".getBytes(UTF_8), broken(1)::write);

    assertThat(run("replay").status()).isEqualTo(2);
    assertThat(run("replay", "0@0", "--all").status()).isEqualTo(2);
    assertThat(run("replay", "0@0", "0@99").err()).contains("no dead letter at 0@99");
    assertThat(run("show", "frames").err()).contains("needs PARTITION@OFFSET such as 2@17");
    assertThat(run("list", "--limit", "0").status()).isEqualTo(2);
    assertThat(committed(source)).isEmpty();
    assertThat(CommandLineRun.of("dead-letters", "list", "--bootstrap", "127.0.0.1:1").status())
        .isEqualTo(3);
  }
}
