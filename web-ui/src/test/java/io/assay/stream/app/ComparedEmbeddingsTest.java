package io.assay.stream.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.cli.CommandLineRun;
import io.assay.embedded.TestBroker;
import io.assay.stability.Anchors;
import io.assay.stability.Embedding;
import io.assay.stability.Settings;
import io.assay.stability.Stability;
import io.assay.stability.StabilityReport;
import io.assay.stream.contract.ReleaseStatus;
import io.assay.stream.contract.StabilityRecord;
import io.assay.stream.contract.StabilityRecord.Measured;
import io.assay.stream.contract.StabilityRecord.Moved;
import io.assay.stream.contract.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases of embeddings on a real broker: three partitions, two instances. */
class ComparedEmbeddingsTest {
  private static final int DIMENSIONS = 8;
  private static final int WORDS = 900;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final TestBroker broker = TestBroker.shared();
  private final String prefix = broker.name("compared");
  private final String source = prefix + ".words";
  private final Topics topics = new Topics(prefix);
  private final Map<String, StabilityRecord> known = new HashMap<>();

  @TempDir private Path folder;

  private ProcessorSettings settings(String instance) {
    return ProcessorSettings.of(broker.bootstrapServers(), folder.resolve(instance))
        .in("street", topics)
        .quietAfter(Duration.ofSeconds(3));
  }

  private StreamProcessors start(String instance) {
    return StreamProcessors.start(rules(), settings(instance));
  }

  private CheckedRules rules() {
    Compilation compiled =
        new RuleCompiler().compile(List.of(new SourceFile("words.assay", text("eis <= 1"))));
    return compiled.rules().orElseThrow(() -> new AssertionError(compiled.issues().toString()));
  }

  private String text(String expected) {
    return """
    language 1
    embeddings words from topic "%s" {
      item word string
      version release string
      vector %d
    }
    assertion steady on words {
      compare release with previous
      expect  %s
      mode    active
    }
    """
        .formatted(source, DIMENSIONS, expected);
  }

  /** The second release violates; of whom it is found, and where, is not part of an id. */
  @Test
  void aBacktestGivesTheSameViolations() throws Exception {
    broker.createTopics(List.of(new NewTopic(source, 2, (short) 1)));
    Map<String, double[]> a = random();
    Map<String, double[]> b = refreshed(a, 0.3);
    Path rules = Files.writeString(folder.resolve("rules.assay"), text("eis < 0"));
    List<String> lines = new ArrayList<>();
    a.keySet().forEach(word -> lines.add(row("a", word, a)));
    lines.add(marker("a"));
    b.keySet().forEach(word -> lines.add(row("b", word, b)));
    lines.add(marker("b"));
    Path file = Files.write(folder.resolve("words.jsonl"), lines);
    CommandLineRun backtest =
        CommandLineRun.of(
            "backtest",
            rules.toString(),
            "--events",
            "words=" + file,
            "--project",
            "street",
            "--format",
            "json");
    CheckedRules strict =
        new RuleCompiler()
            .compile(List.of(new SourceFile("rules.assay", text("eis < 0"))))
            .rules()
            .orElseThrow();
    try (KafkaConsumer<byte[], byte[]> told = consumer();
        StreamProcessors live = StreamProcessors.start(strict, settings("one"))) {
      send("a", a, List.copyOf(a.keySet()));
      mark("a", 2);
      send("b", b, shuffled(b));
      mark("b", 2);
      StabilityRecord pair =
          await(told, "b", "a", record -> record.status() == ReleaseStatus.REJECTED);
      assertThat(pair.verdicts())
          .singleElement()
          .satisfies(
              verdict -> {
                assertThat(verdict.violation()).isNotEmpty();
                assertThat(backtest.out())
                    .as(backtest.err())
                    .contains("\"id\":\"" + verdict.violation() + "\"");
              });
      assertThat(live.unjudged()).isEmpty();
    }
  }

  @Test
  void oneOfTwoInstancesMayGoWhileAReleaseComes() throws Exception {
    broker.createTopics(List.of(new NewTopic(source, 3, (short) 1)));
    Map<String, double[]> a = random();
    Map<String, double[]> b = refreshed(a, 0.3);
    Map<String, double[]> draft = refreshed(a, 2);
    Map<String, double[]> c = refreshed(b, 0.2);
    try (KafkaConsumer<byte[], byte[]> told = consumer();
        StreamProcessors stays = start("one")) {
      try (StreamProcessors goes = start("two")) {
        send("a", a, List.copyOf(a.keySet()));
        mark("a", 3);
        await(told, "a", "", record -> record.status() == ReleaseStatus.ACCEPTED);
        assertThat(stays.unjudged()).isEmpty();
        send("b", draft, List.copyOf(a.keySet()));
        send("b", b, shuffled(b).subList(0, WORDS / 2));
        assertThat(goes.status()).extracting(StreamStatus::state).isNotEmpty();
      }
      send("b", b, shuffled(b));
      mark("b", 3);
      StabilityRecord pair =
          await(told, "b", "a", record -> record.status() == ReleaseStatus.ACCEPTED);
      assertSame(pair, a, b);
      assertThat(Objects.requireNonNull(pair.measured()).intervals())
          .containsKeys("eis", "overlap", "pip", "displacement", "neighbours5");
      // Quiet, and all has come: no marker is needed.
      send("c", c, shuffled(c));
      StabilityRecord next =
          await(told, "c", "b", record -> record.status() == ReleaseStatus.ACCEPTED);
      assertThat(next.why()).isEqualTo("99 % of the items of 'b', and quiet");
      assertSame(next, b, c);
      assertThat(stays.status())
          .extracting(StreamStatus::applicationId)
          .contains(prefix + ".embeddings.street.words");
    }
  }

  private static Map<String, double[]> random() {
    var random = new Random(7);
    Map<String, double[]> words = new TreeMap<>();
    for (int i = 0; i < WORDS; i++) {
      double[] vector = new double[DIMENSIONS];
      Arrays.setAll(vector, j -> (float) (random.nextGaussian() * (1 + j)));
      words.put("w" + i, vector);
    }
    return words;
  }

  private static Map<String, double[]> refreshed(Map<String, double[]> words, double noise) {
    var random = new Random((long) (noise * 100));
    Map<String, double[]> next = new TreeMap<>();
    words.forEach(
        (word, vector) ->
            next.put(
                word,
                Arrays.stream(vector)
                    .map(value -> (float) (value + noise * random.nextGaussian()))
                    .toArray()));
    return next;
  }

  private static List<String> shuffled(Map<String, double[]> words) {
    List<String> order = new ArrayList<>(words.keySet());
    Collections.shuffle(order, new Random(3));
    return order;
  }

  private static void assertSame(
      StabilityRecord pair, Map<String, double[]> base, Map<String, double[]> release) {
    StabilityReport batch =
        Stability.compare(
            Embedding.of(base.values().toArray(double[][]::new)),
            Embedding.of(release.values().toArray(double[][]::new)),
            Anchors.pair(),
            Settings.usual());
    List<String> words = List.copyOf(base.keySet());
    Measured measured = pair.measures().orElseThrow();
    assertThat(pair.shared()).isEqualTo(WORDS);
    assertThat(pair.coverage()).isEqualTo(1);
    assertThat(measured.eis()).isCloseTo(batch.terms().eis(), within(1e-9));
    assertThat(measured.overlap()).isCloseTo(batch.terms().overlap(), within(1e-9));
    assertThat(measured.pip()).isCloseTo(batch.terms().pip(), within(1e-9 * batch.terms().pip()));
    assertThat(Objects.requireNonNull(measured.displacement()))
        .isCloseTo(batch.displacement().mean(), within(1e-9));
    assertThat(Objects.requireNonNull(measured.neighbours().get(5)))
        .isCloseTo(batch.neighbours().orElseThrow(), within(1e-9));
    assertThat(pair.moved())
        .extracting(Moved::item)
        .isEqualTo(
            batch.displacement().most(20).stream().map(moved -> words.get(moved.row())).toList());
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers(), "acks", "all"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** Into any partition: items are brought together by the processors. */
  private void send(String release, Map<String, double[]> words, List<String> order) {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      int partitions = producer.partitionsFor(source).size();
      for (String word : order) {
        // A word's rows stay in the order in which they were sent.
        int partition = Math.floorMod(word.hashCode(), partitions);
        byte[] row = row(release, word, words).getBytes(UTF_8);
        var unused = producer.send(new ProducerRecord<>(source, partition, null, row));
      }
    }
  }

  private static String row(String release, String word, Map<String, double[]> words) {
    return "{\"word\":\"%s\",\"release\":\"%s\",\"vector\":%s}"
        .formatted(word, release, Arrays.toString(words.get(word)));
  }

  private static String marker(String release) {
    return "{\"release\":\"%s\",\"closed\":true}".formatted(release);
  }

  private void mark(String release, int partitions) {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int partition = 0; partition < partitions; partition++) {
        byte[] marker = marker(release).getBytes(UTF_8);
        var unused = producer.send(new ProducerRecord<>(source, partition, null, marker));
      }
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.<String, Object>of(
            "bootstrap.servers", broker.bootstrapServers(),
            "auto.offset.reset", "earliest",
            "isolation.level", "read_committed"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private StabilityRecord await(
      KafkaConsumer<byte[], byte[]> told,
      String release,
      String base,
      Predicate<StabilityRecord> wanted)
      throws InterruptedException {
    String key = release + '<' + base;
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!known.containsKey(key) || !wanted.test(Objects.requireNonNull(known.get(key)))) {
      assertThat(System.nanoTime() - end).as("of %s known: %s", key, known).isNegative();
      if (told.assignment().isEmpty()) {
        List<TopicPartition> all =
            told.partitionsFor(topics.stability()).stream()
                .map(one -> new TopicPartition(one.topic(), one.partition()))
                .toList();
        if (all.isEmpty()) {
          // The broker that was asked has not heard of the topic yet.
          Thread.sleep(200);
          continue;
        }
        told.assign(all);
        told.seekToBeginning(all);
      }
      told.poll(Duration.ofMillis(200))
          .forEach(
              record -> {
                StabilityRecord next = StabilityRecord.read(record.value());
                known.put(next.release() + '<' + next.base(), next);
              });
    }
    return Objects.requireNonNull(known.get(key));
  }
}
