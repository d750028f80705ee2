package io.assay.stream.assertions;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.CountRecord;
import io.assay.stream.contract.RuleUse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The merging of windows without a broker: partials in, violations and counts out. */
final class WindowRun implements AutoCloseable {
  private final LiveRules rules;
  private final Path stateFolder;
  private final ConcurrentMap<String, Figures> figures = new ConcurrentHashMap<>();
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> input;

  WindowRun(CheckedRules rules, Path stateFolder) {
    this(LiveRules.fixed(rules), stateFolder);
  }

  /** By rules that may change. */
  WindowRun(LiveRules rules, Path stateFolder) {
    this.rules = rules;
    this.stateFolder = stateFolder;
    for (StreamType stream : rules.newest().rules().streams()) {
      figures.put(stream.name(), new Figures(stream.name()));
    }
    driver = newDriver();
    input = newInput();
  }

  private TopologyTestDriver newDriver() {
    var settings =
        new JudgeSettings(
            TopologyRun.PROJECT,
            TopologyRun.TOPICS,
            true,
            1,
            Map.of(),
            WatchedSources.STEADY,
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            0);
    var properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "windows");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.toString());
    return new TopologyTestDriver(
        new WindowTopology(rules, settings, figures).build(),
        properties,
        Instant.ofEpochMilli(Camera.START_MILLIS));
  }

  private TestInputTopic<byte[], byte[]> newInput() {
    return driver.createInputTopic(
        TopologyRun.TOPICS.partials(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  void send(List<TestRecord<byte[], byte[]>> partials) {
    partials.forEach(partial -> input.pipeInput(partial.key(), partial.value()));
  }

  /** A new process takes over with what is stored. */
  void restart() {
    Map<Bytes, byte[]> stored = new LinkedHashMap<>();
    KeyValueStore<Bytes, byte[]> before = driver.getKeyValueStore(WindowTopology.STATE);
    try (KeyValueIterator<Bytes, byte[]> all = before.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> entry = all.next();
        stored.put(entry.key, entry.value);
      }
    }
    driver.close();
    driver = newDriver();
    input = newInput();
    KeyValueStore<Bytes, byte[]> after = driver.getKeyValueStore(WindowTopology.STATE);
    stored.forEach(after::put);
  }

  List<String> violations() {
    return read(TopologyRun.TOPICS.violations()).stream()
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .toList();
  }

  List<CountRecord> counts() {
    driver.advanceWallClockTime(Duration.ofSeconds(1));
    return read(TopologyRun.TOPICS.counts()).stream()
        .map(record -> CountRecord.read(record.value()))
        .toList();
  }

  Figures figuresOf(String stream) {
    return Objects.requireNonNull(figures.get(stream));
  }

  /** What is told of the rules, after a second. */
  List<RuleUse> uses() {
    driver.advanceWallClockTime(Duration.ofSeconds(1));
    return read(TopologyRun.TOPICS.ruleUse()).stream()
        .map(record -> RuleUse.read(record.value()))
        .toList();
  }

  private List<TestRecord<byte[], byte[]>> read(String topic) {
    return driver
        .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  @Override
  public void close() {
    driver.close();
  }
}
