package io.assay.stream.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.embedded.TestBroker;
import io.assay.stream.app.StreamStatus.State;
import io.assay.stream.contract.CountRecord;
import io.assay.stream.contract.DeadLetter;
import io.assay.stream.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The processors on a real broker. */
class StreamProcessorsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final long START_MILLIS = 1_700_000_000_000L;

  private final TestBroker broker = TestBroker.shared();
  private final String prefix = broker.name("processors");
  private final String source = prefix + ".camera";
  private final Topics topics = new Topics(prefix);

  @TempDir private Path folder;

  @Test
  void aMissingTopicIsWaitedFor() throws Exception {
    try (StreamProcessors processors = start(false)) {
      StreamStatus waiting = await(processors, status -> !status.message().isEmpty());
      assertThat(waiting.state()).isEqualTo(State.WAITING);
      assertThat(waiting.message()).contains("'camera'", source, "does not exist");

      broker.createTopics(List.of(new NewTopic(source, 2, (short) 1)));
      await(processors, status -> status.state() == State.RUNNING);
      send(List.of("{"));
      assertThat(read(topics.deadLetters(), 1))
          .singleElement()
          .satisfies(
              record ->
                  assertThat(DeadLetter.read(record.headers()).cause()).isEqualTo("broken-json"));
    }
  }

  @Test
  void nothingIsLostOrDoubledWhenItIsStoppedInTheMiddle() throws Exception {
    goesOnWhereItStopped(false);
  }

  @Test
  void aTopicThatIsKeyedNeedsNoInternalTopic() throws Exception {
    goesOnWhereItStopped(true);
  }

  /** Every track is gone in one frame and back in the next but one, on both sides of each stop. */
  private void goesOnWhereItStopped(boolean keyed) throws Exception {
    broker.createTopics(List.of(new NewTopic(source, 2, (short) 1)));
    int vehicles = 5;
    int frames = 60;
    var sent = new ArrayList<String>();
    for (int frame = 0; frame < frames; frame++) {
      for (int vehicle = 0; vehicle < vehicles; vehicle++) {
        // Seen twice, gone twice.
        boolean seen = frame % 4 < 2;
        sent.add(frame("v" + vehicle, frame, seen));
      }
    }
    int part = sent.size() / 3 + 7;
    for (int from = 0; from < sent.size(); from += part) {
      StreamProcessors processors = start(keyed);
      int to = Math.min(sent.size(), from + part);
      send(sent.subList(from, to));
      int some = (to - from) / 2;
      await(processors, status -> status.figures().events() >= some);
      long before = System.nanoTime();
      processors.close();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }
    try (StreamProcessors processors = start(keyed)) {
      int gaps = vehicles * (frames / 4 - 1);
      List<Violation> violations =
          read(topics.violations(), gaps).stream()
              .map(record -> ViolationJson.read(record.value()))
              .toList();
      assertThat(violations).hasSize(gaps);
      assertThat(violations.stream().map(Violation::id).distinct()).hasSize(gaps);
      assertThat(violations).allSatisfy(v -> assertThat(v.assertion()).isEqualTo("flicker"));
      assertThat(seen(sent.size())).isEqualTo(sent.size());
      assertThat(read(topics.late(), 0)).isEmpty();
      assertThat(processors.status()).extracting(StreamStatus::state).containsOnly(State.RUNNING);
    }
  }

  /** Topics of three and of two partitions; the lidar falls silent, and the processors restart. */
  @Test
  void joinedStreamsMeetByKeyAndSilenceIsToldOnce() throws Exception {
    String lidar = prefix + ".lidar";
    broker.createTopics(
        List.of(new NewTopic(source, 3, (short) 1), new NewTopic(lidar, 2, (short) 1)));
    CheckedRules rules = joined(source, lidar);
    ProcessorSettings settings =
        ProcessorSettings.of(broker.bootstrapServers(), folder).in("street", topics).keyed(true);
    try (StreamProcessors processors = StreamProcessors.start(rules, settings)) {
      for (int at = 0; at < 1000; at += 100) {
        for (int vehicle = 0; vehicle < 4; vehicle++) {
          send(source, List.of(seen("v" + vehicle, at, 1)));
          send(lidar, List.of(seen("v" + vehicle, at + 10, at == 500 ? 2 : 1)));
        }
      }
      await(processors, status -> status.figures().violations() >= 4);
      assertThat(processors.status())
          .extracting(StreamStatus::applicationId)
          .containsOnly(prefix + "-street-camera.lidar", prefix + ".windows.street");
      assertThat(processors.unjudged()).isEmpty();
    }
    try (StreamProcessors again = StreamProcessors.start(rules, settings)) {
      // of each vehicle one event that differs, and one silence of the lidar behind its last;
      // and one of the lidar of all
      List<String> found =
          read(topics.violations(), 9).stream()
              .map(record -> ViolationJson.read(record.value()))
              .map(v -> v.assertion() + ' ' + v.key() + ' ' + (v.at() / 1_000_000 - START_MILLIS))
              .sorted()
              .toList();
      assertThat(found)
          .containsExactly(
              "alive v0 1410",
              "alive v1 1410",
              "alive v2 1410",
              "alive v3 1410",
              "as_many v0 500",
              "as_many v1 500",
              "as_many v2 500",
              "as_many v3 500",
              "dead  5910");
      assertThat(read(topics.ticks(), 4)).isNotEmpty();
      assertThat(read(topics.late(), 0)).isEmpty();
      assertThat(again.status()).extracting(StreamStatus::state).containsOnly(State.RUNNING);
    }
  }

  /** Keys of all partitions, the processors stopped in the middle of a window. */
  @Test
  void windowsAreMergedOverPartitionsAndJudgedOnce() throws Exception {
    broker.createTopics(List.of(new NewTopic(source, 2, (short) 1)));
    CheckedRules rules =
        rules(
            """
            language 1
            stream camera from topic "%s" { key vehicle string time at timestamp(millis) seen int }
            assertion busy on camera {
              window tumbling 10s
              expect sum(seen) < 0
              mode active
            }
            """
                .formatted(source));
    ProcessorSettings settings =
        ProcessorSettings.of(broker.bootstrapServers(), folder).in("street", topics);
    for (int part = 0; part < 3; part++) {
      try (StreamProcessors processors = StreamProcessors.start(rules, settings)) {
        await(processors, status -> status.state() == State.RUNNING);
        long before = processors.status().getFirst().figures().events();
        for (int at = part * 8_000; at < (part + 1) * 8_000; at += 1_000) {
          for (int vehicle = 0; vehicle < 8; vehicle++) {
            send(source, List.of(seen("v" + vehicle, at, 1)));
          }
        }
        await(processors, status -> status.figures().events() >= before + 64);
      }
    }
    try (StreamProcessors processors = StreamProcessors.start(rules, settings)) {
      for (int vehicle = 0; vehicle < 8; vehicle++) {
        send(source, List.of(seen("v" + vehicle, 24_000, 1)));
      }
      List<String> found =
          read(topics.violations(), 2).stream()
              .map(record -> ViolationJson.read(record.value()))
              .map(v -> (v.from() / 1_000_000 - START_MILLIS) / 1000 + " " + v.values().get(1))
              .toList();
      assertThat(found).hasSize(2);
      assertThat(found)
          .allSatisfy(text -> assertThat(text).contains("sum(camera.seen)", "value=80"));
      assertThat(processors.unjudged()).isEmpty();
      assertThat(processors.status())
          .extracting(StreamStatus::applicationId)
          .containsExactly(prefix + "-street-camera", prefix + ".windows.street");
    }
  }

  /** Here it is a name that the broker does not take; as well it may lack a right. */
  @Test
  void aStreamThatTheBrokerRefusesKeepsNoOtherFromBeingJudged() throws Exception {
    broker.createTopics(List.of(new NewTopic(source, 2, (short) 1)));
    CheckedRules rules =
        rules(
            """
            language 1
            stream refused from topic "no topic!" { key vehicle string time at timestamp(millis) seen int }
            stream camera from topic "%s" { key vehicle string time at timestamp(millis) seen int }
            assertion none on refused { expect seen < 10 mode active }
            assertion many on camera { expect seen < 10 mode active }
            """
                .formatted(source));
    ProcessorSettings settings =
        ProcessorSettings.of(broker.bootstrapServers(), folder).in("street", topics);
    try (StreamProcessors processors = StreamProcessors.start(rules, settings)) {
      Site.await(processors, true, status -> status.state() == State.RUNNING);
      send(source, List.of(seen("v1", 0, 11)));
      assertThat(read(topics.violations(), 1)).hasSize(1);
      StreamStatus refused = processors.status().getFirst();
      assertThat(refused.state()).isEqualTo(State.WAITING);
      assertThat(refused.message()).contains("refuses what it needs", "InvalidTopicException");
      assertThat(processors.status().getLast().state()).isEqualTo(State.RUNNING);
    }
  }

  @Test
  void streamsThatAreJoinedLaterBeginWhereTheyStopped() throws Exception {
    String lidar = prefix + ".lidar";
    broker.createTopics(
        List.of(new NewTopic(source, 2, (short) 1), new NewTopic(lidar, 2, (short) 1)));
    ProcessorSettings settings =
        ProcessorSettings.of(broker.bootstrapServers(), folder)
            .in("street", topics)
            // Members that stopped are missed after so long: the shortest that the broker allows.
            .kafka(Map.of("consumer.session.timeout.ms", "6000"));
    String many =
        """
        assertion many on camera { expect seen < 10 mode active }
        assertion some on lidar { expect seen >= 0 mode active }
        """;
    String streams =
        """
        language 1
        stream camera from topic "%s" { key vehicle string time at timestamp(millis) seen int }
        stream lidar from topic "%s" { key vehicle string time at timestamp(millis) seen int }
        """
            .formatted(source, lidar);
    try (StreamProcessors apart = StreamProcessors.start(rules(streams + many), settings)) {
      send(source, List.of(seen("v1", 0, 11), seen("v1", 100, 12)));
      await(apart, status -> status.figures().violations() == 2);
      // what was judged is committed before it stops
      read(topics.violations(), 2);
    }
    String joined =
        many
            + "assertion as_many on camera { join lidar within 50ms"
            + " expect camera.seen == lidar.seen mode active }";
    try (StreamProcessors together = StreamProcessors.start(rules(streams + joined), settings)) {
      await(together, status -> status.state() == State.RUNNING);
      send(source, List.of(seen("v1", 200, 13), seen("v1", 300, 1)));
      send(lidar, List.of(seen("v1", 200, 13), seen("v1", 300, 2), seen("v1", 400, 2)));
      List<String> found =
          read(topics.violations(), 4).stream()
              .map(record -> ViolationJson.read(record.value()))
              .map(v -> v.assertion() + ' ' + (v.at() / 1_000_000 - START_MILLIS))
              .toList();
      assertThat(found).containsExactlyInAnyOrder("many 0", "many 100", "many 200", "as_many 300");
    }
  }

  private CheckedRules joined(String camera, String lidar) {
    return rules(
        """
        language 1
        stream camera from topic "%s" { key vehicle string time at timestamp(millis) seen int }
        stream lidar from topic "%s" { key vehicle string time at timestamp(millis) seen int }
        assertion as_many on camera {
          join lidar within 50ms
          expect camera.seen == lidar.seen
          mode active
        }
        assertion alive on lidar { silence at most 500ms mode active }
        assertion dead on lidar { silence at most 5s over stream mode active }
        """
            .formatted(camera, lidar));
  }

  private static String seen(String vehicle, int at, int seen) {
    return "{\"vehicle\":\"%s\",\"at\":%d,\"seen\":%d}".formatted(vehicle, START_MILLIS + at, seen);
  }

  private StreamProcessors start(boolean keyed) {
    ProcessorSettings settings =
        ProcessorSettings.of(broker.bootstrapServers(), folder).in("street", topics).keyed(keyed);
    return StreamProcessors.start(rules(), settings);
  }

  private CheckedRules rules() {
    return rules(
        """
        language 1
        stream camera from topic "%s" {
          key   vehicle  string
          time  at       timestamp(millis)
          boxes          list {
            track        string?
            score        ratio
          }
        }
        assertion flicker on camera "nothing vanishes and comes back" {
          each      b in boxes
          identity  b.track
          absent    less than 500ms
          mode      active
        }
        """
            .formatted(source));
  }

  private static CheckedRules rules(String text) {
    Compilation compilation =
        new RuleCompiler().compile(List.of(new SourceFile("rules.assay", text)), Map.of());
    assertThat(compilation.issues()).isEmpty();
    return compilation.rules().orElseThrow();
  }

  private static String frame(String vehicle, int number, boolean seen) {
    return "{\"vehicle\":\"%s\",\"at\":%d,\"boxes\":[%s]}"
        .formatted(
            vehicle, START_MILLIS + number * 100L, seen ? "{\"track\":\"t1\",\"score\":0.9}" : "");
  }

  /** Keyed as the stream is, so that both settings may read it. */
  private void send(List<String> payloads) throws Exception {
    send(source, payloads);
  }

  private void send(String topic, List<String> payloads) throws Exception {
    var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
    for (String payload : payloads) {
      String key = payload.length() < 15 ? "" : payload.substring(12, 14);
      records.add(
          new ProducerRecord<>(
              topic,
              key.getBytes(StandardCharsets.UTF_8),
              payload.getBytes(StandardCharsets.UTF_8)));
    }
    broker.send(records);
  }

  private static StreamStatus await(StreamProcessors processors, Predicate<StreamStatus> wanted)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      StreamStatus status = processors.status().getFirst();
      if (wanted.test(status)) {
        return status;
      }
      assertThat(System.nanoTime() - end).as("still %s", status).isNegative();
      Thread.sleep(20);
    }
  }

  /** What is committed: at least so many, and what comes within a moment after them. */
  private List<ConsumerRecord<byte[], byte[]>> read(String topic, int atLeast) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(topic)) {
      var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (found.size() < atLeast && System.nanoTime() < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(found::add);
      }
      consumer.poll(Duration.ofSeconds(1)).forEach(found::add);
      return found;
    }
  }

  /** The sum over partitions and minutes of the newest counts, once it is what is wanted. */
  private long seen(long wanted) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(topics.counts())) {
      var newest = new HashMap<String, CountRecord>();
      long end = System.nanoTime() + PATIENCE.toNanos();
      long sum = 0;
      while (sum != wanted && System.nanoTime() < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          CountRecord count = CountRecord.read(record.value());
          newest.merge(
              new String(record.key(), StandardCharsets.UTF_8),
              count,
              (a, b) -> a.sequence() > b.sequence() ? a : b);
        }
        sum =
            newest.values().stream()
                .filter(count -> count.assertion().equals("flicker"))
                .mapToLong(CountRecord::seen)
                .sum();
      }
      return sum;
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer(String topic) {
    var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    Set<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .collect(Collectors.toSet());
    consumer.assign(partitions);
    return consumer;
  }
}
