package io.assay.stream.assertions;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.CountRecord;
import io.assay.stream.contract.ErasureRequest;
import io.assay.stream.contract.TickRecord;
import io.assay.stream.contract.Topics;
import io.assay.stream.imputation.ImputersInForce;
import io.assay.stream.tracing.Traces;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** A topology that runs without a broker: payloads in, what stands on the topics out. */
final class TopologyRun implements AutoCloseable {
  static final Topics TOPICS = new Topics("test");
  static final String PROJECT = "street";

  private final TopologyTestDriver driver;
  private final Map<String, TestInputTopic<byte[], byte[]>> inputs = new LinkedHashMap<>();
  private final String first;
  private final String description;
  private final Map<String, Figures> figuresByStream;
  private final List<ErasureRequest> erasures = new ArrayList<>();

  /** Of the first stream. */
  final Figures figures;

  TopologyRun(CheckedRules rules, StreamType stream, boolean keyed, Path stateFolder) {
    this(rules, List.of(stream), keyed, stateFolder);
  }

  /** Connected streams. */
  TopologyRun(CheckedRules rules, List<StreamType> streams, boolean keyed, Path stateFolder) {
    this(LiveRules.fixed(rules), streams, keyed, stateFolder);
  }

  /** By rules that may change. */
  TopologyRun(LiveRules rules, List<StreamType> streams, boolean keyed, Path stateFolder) {
    this(rules, streams, keyed, stateFolder, ImputersInForce.NONE);
  }

  /** With gaps filled. */
  TopologyRun(
      LiveRules rules,
      List<StreamType> streams,
      boolean keyed,
      Path stateFolder,
      ImputersInForce imputers) {
    Map<String, Figures> all = new LinkedHashMap<>();
    streams.forEach(stream -> all.put(stream.name(), new Figures(stream.name())));
    first = streams.getFirst().topic();
    figures = Objects.requireNonNull(all.get(streams.getFirst().name()));
    var settings =
        new JudgeSettings(
            PROJECT,
            TOPICS,
            keyed,
            3,
            Map.of(),
            WatchedSources.STEADY,
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            // with nothing kept as objects, every event reads what was stored
            keyed ? 0 : 1 << 20);
    var properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.toString());
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    figuresByStream = all;
    Topology topology =
        new AssertionTopology(
                rules,
                streams,
                settings,
                all,
                imputers,
                Traces.OFF,
                project -> Optional.of(List.copyOf(erasures)))
            .build();
    description = topology.describe().toString();
    driver =
        new TopologyTestDriver(topology, properties, Instant.ofEpochMilli(Camera.START_MILLIS));
    for (StreamType stream : streams) {
      inputs.put(
          stream.topic(),
          driver.createInputTopic(
              stream.topic(), new ByteArraySerializer(), new ByteArraySerializer()));
    }
  }

  void send(String payload) {
    send(null, payload.getBytes(StandardCharsets.UTF_8), new RecordHeaders());
  }

  void send(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    send(first, new TestRecord<>(key, value, headers, Instant.ofEpochMilli(Camera.START_MILLIS)));
  }

  /** Received so long after the start. */
  void send(StreamType stream, long afterMillis, String payload) {
    send(
        stream.topic(),
        new TestRecord<>(
            null,
            payload.getBytes(StandardCharsets.UTF_8),
            new RecordHeaders(),
            Instant.ofEpochMilli(Camera.START_MILLIS + afterMillis)));
  }

  private void send(String topic, TestRecord<byte[], byte[]> record) {
    Objects.requireNonNull(inputs.get(topic)).pipeInput(record);
  }

  Figures figuresOf(String stream) {
    return Objects.requireNonNull(figuresByStream.get(stream));
  }

  String description() {
    return description;
  }

  /** Puts bytes in the place of a key's state, where no object of it is kept. */
  void damage(String key, byte[] state) {
    KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(AssertionTopology.STATE);
    store.put(new StateKeys(PROJECT).ofKey(key), state);
  }

  /** Whether anything is remembered of a key: what is forgotten can be seen nowhere else. */
  boolean remembers(String key) {
    KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(AssertionTopology.STATE);
    var keys = new StateKeys(PROJECT);
    StoredState stored = StoredState.read(store.get(keys.ofKey(key)));
    var remembered = new AtomicBoolean(stored.state() != null);
    new Ledger(store, keys, Ledger.PAGE)
        .read(
            taken -> {
              boolean ofKey = new String(taken.payload(), StandardCharsets.UTF_8).contains(key);
              remembered.compareAndSet(false, ofKey && taken.number() >= stored.number());
            });
    return remembered.get();
  }

  /** Tasks hear of it when they look next. */
  void erase(ErasureRequest request) {
    erasures.add(request);
  }

  /** Entries of the store that have a text anywhere. */
  List<Bytes> storedWith(String text) {
    List<Bytes> found = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all =
        driver.<Bytes, byte[]>getKeyValueStore(AssertionTopology.STATE).all()) {
      all.forEachRemaining(
          one -> {
            if (has(one.key.get(), text) || has(one.value, text)) {
              found.add(one.key);
            }
          });
    }
    return found;
  }

  static boolean has(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
  }

  /** Nothing comes for so long; each second is looked at. */
  void idle(int seconds) {
    for (int i = 0; i < seconds; i++) {
      driver.advanceWallClockTime(Duration.ofSeconds(1));
    }
  }

  /** So much time is gone when it is looked at next. */
  void pass(Duration time) {
    driver.advanceWallClockTime(time);
  }

  List<TickRecord> ticks() {
    return read(TOPICS.ticks()).stream().map(record -> TickRecord.read(record.value())).toList();
  }

  void send(String payload, long receivedMillis) {
    byte[] value = payload.getBytes(StandardCharsets.UTF_8);
    Instant received = Instant.ofEpochMilli(receivedMillis);
    send(first, new TestRecord<>(null, value, new RecordHeaders(), received));
  }

  List<Violation> violations() {
    return read(TOPICS.violations()).stream().map(r -> ViolationJson.read(r.value())).toList();
  }

  List<TestRecord<byte[], byte[]>> deadLetters() {
    return read(TOPICS.deadLetters());
  }

  List<TestRecord<byte[], byte[]>> late() {
    return read(TOPICS.late());
  }

  /** Lets a second pass, after which counts are sent; the newest of each key. */
  Map<String, CountRecord> counts() {
    driver.advanceWallClockTime(Duration.ofSeconds(1));
    var newest = new LinkedHashMap<String, CountRecord>();
    for (TestRecord<byte[], byte[]> record : read(TOPICS.counts())) {
      newest.put(
          new String(record.key(), StandardCharsets.UTF_8), CountRecord.read(record.value()));
    }
    return newest;
  }

  List<TestRecord<byte[], byte[]>> read(String topic) {
    TestOutputTopic<byte[], byte[]> output =
        driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    return output.readRecordsToList();
  }

  @Override
  public void close() {
    driver.close();
  }
}
