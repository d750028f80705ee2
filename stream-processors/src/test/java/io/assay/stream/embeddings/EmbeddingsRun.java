package io.assay.stream.embeddings;

import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Embeddings;
import io.assay.stream.assertions.Figures;
import io.assay.stream.assertions.LiveRules;
import io.assay.stream.contract.ReleaseAcceptance;
import io.assay.stream.contract.StabilityRecord;
import io.assay.stream.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;

/** Releases compared without a broker: records in, what stands on the topics out. */
final class EmbeddingsRun implements AutoCloseable {
  static final Topics TOPICS = new Topics("test");
  static final String PROJECT = "street";
  static final long START = 1_700_000_000_000L;
  static final Duration QUIET = Duration.ofSeconds(20);

  private final Path stateFolder;
  private final boolean keyed;
  private final Map<String, StabilityRecord> known = new LinkedHashMap<>();
  private final Rules rules;
  final Figures figures = new Figures("words");
  private Embeddings embeddings;
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> input;
  private Instant now = Instant.ofEpochMilli(START);

  /** Rules that a test may change. */
  private static final class Rules implements LiveRules {
    private Generation newest;

    private Rules(CheckedRules first) {
      newest = new Generation(1, first);
    }

    @Override
    public Generation newest() {
      return newest;
    }

    @Override
    public Optional<Generation> of(long number) {
      return Optional.of(newest);
    }
  }

  EmbeddingsRun(int dimensions, String assertions, boolean keyed, Path stateFolder) {
    this.stateFolder = stateFolder;
    this.keyed = keyed;
    CheckedRules first = rules(dimensions, assertions);
    this.rules = new Rules(first.live());
    this.embeddings = first.declared().embeddings().getFirst();
    this.driver = newDriver();
    this.input = newInput();
  }

  static CheckedRules rules(int dimensions, String assertions) {
    String text =
        """
        language 1
        embeddings words from topic "words" {
          item word string
          version release string
          vector %d
        }
        %s
        """
            .formatted(dimensions, assertions);
    Compilation compiled = new RuleCompiler().compile(List.of(new SourceFile("words.assay", text)));
    return compiled.rules().orElseThrow(() -> new AssertionError(compiled.issues().toString()));
  }

  private TopologyTestDriver newDriver() {
    var settings =
        new EmbeddingsSettings(PROJECT, TOPICS, keyed, 1, 1, QUIET, Duration.ofSeconds(1));
    var properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "words");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.toString());
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    return new TopologyTestDriver(
        // Not on disk: the driver would write a file with every record.
        new EmbeddingsTopology(
                embeddings, rules, settings, figures, Runnable::run, Stores::inMemoryKeyValueStore)
            .build(),
        properties,
        now);
  }

  private TestInputTopic<byte[], byte[]> newInput() {
    return driver.createInputTopic("words", new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** From now on, as somebody has published them. */
  void publish(CheckedRules next) {
    rules.newest = new LiveRules.Generation(rules.newest.number() + 1, next.live());
  }

  void row(String release, String word, double... vector) {
    send(
        "{\"word\":\"%s\",\"release\":\"%s\",\"vector\":%s}"
            .formatted(word, release, Arrays.toString(vector)));
  }

  void send(String release, Words words) {
    words.vectors().forEach((word, vector) -> row(release, word, vector));
  }

  /** With its marker, until it is judged, with another look at the vectors where that is needed. */
  void sendWhole(String release, Words words) {
    send(release, words);
    pass(2);
    marker(release);
    pass(12);
  }

  void marker(String release) {
    send("{\"release\":\"%s\",\"closed\":true}".formatted(release));
  }

  void send(String payload) {
    input.pipeInput(
        new TestRecord<>(
            "own".getBytes(StandardCharsets.UTF_8),
            payload.getBytes(StandardCharsets.UTF_8),
            Instant.ofEpochMilli(START)));
  }

  void accept(String release, String by) {
    var acceptance = new ReleaseAcceptance(PROJECT, "words", release, by, "", START);
    driver
        .createInputTopic(TOPICS.releases(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(acceptance.key().bytes(), acceptance.json());
  }

  /** So much time passes; each second is looked at. */
  void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      now = now.plusSeconds(1);
      driver.advanceWallClockTime(Duration.ofSeconds(1));
    }
  }

  /** A new process goes on with what is stored. */
  void restart() {
    restart(key -> true);
  }

  /** Without what had been answered, as a crash may lose it that is not exactly once. */
  void restartWithoutAnswers() {
    restart(key -> key.get()[0] != 'A');
  }

  private void restart(Predicate<Bytes> kept) {
    collect();
    Map<String, Map<Bytes, byte[]>> stored = new LinkedHashMap<>();
    for (String name :
        List.of(
            EmbeddingsTopology.VECTORS, EmbeddingsTopology.MERGED, EmbeddingsTopology.RELEASES)) {
      Map<Bytes, byte[]> one = new LinkedHashMap<>();
      KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(name);
      try (var all = store.all()) {
        all.forEachRemaining(
            entry -> {
              if (!name.equals(EmbeddingsTopology.MERGED) || kept.test(entry.key)) {
                one.put(entry.key, entry.value);
              }
            });
      }
      stored.put(name, one);
    }
    driver.close();
    driver = newDriver();
    input = newInput();
    stored.forEach(
        (name, entries) -> {
          KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(name);
          entries.forEach(store::put);
        });
  }

  /** By other declarations. */
  void restart(CheckedRules next) {
    embeddings = next.declared().embeddings().getFirst();
    publish(next);
    restart();
  }

  /** What tasks store, by the first letter of its key: what a restart costs shows nowhere else. */
  long stored(char kind) {
    KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(EmbeddingsTopology.VECTORS);
    long count = 0;
    try (var all = store.all()) {
      while (all.hasNext()) {
        count += all.next().key.get()[0] == kind ? 1 : 0;
      }
    }
    return count;
  }

  private void collect() {
    for (TestRecord<byte[], byte[]> record : read(TOPICS.stability())) {
      StabilityRecord next = StabilityRecord.read(record.value());
      known.put(next.release() + '<' + next.base(), next);
    }
  }

  /** What is known of a release; {@code base}: empty for the release by itself. */
  StabilityRecord known(String release, String base) {
    collect();
    return Objects.requireNonNull(
        known.get(release + '<' + base), () -> release + '<' + base + " of " + known.keySet());
  }

  boolean isKnown(String release, String base) {
    collect();
    return known.containsKey(release + '<' + base);
  }

  List<TestRecord<byte[], byte[]>> read(String topic) {
    return driver
        .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  @Override
  public void close() {
    driver.close();
  }
}
