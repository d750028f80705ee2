package io.assay.stream.pairing;

import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.DeclaredStream;
import io.assay.stream.assertions.Figures;
import io.assay.stream.contract.DeadLetter;
import io.assay.stream.contract.Topics;
import io.assay.stream.serving.Reading;
import io.assay.stream.serving.ServedRecord;
import io.assay.stream.serving.ServingReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** Pairing without a broker: a serving stack's records in, what stands on the topics out. */
final class PairingRun implements AutoCloseable {
  static final String IN = "seldon.default.model.iris.inputs";
  static final String OUT = "seldon.default.model.iris.outputs";
  static final String PAIRS =
      "serving v2 requests \"" + IN + "\" responses \"" + OUT + "\" within 10s";
  static final String EVENTS = "iris.predictions";

  private static final Topics TOPICS = new Topics("test");
  private static final long START = 1_772_352_000_000L;

  private final DeclaredStream stream;
  private final Path folder;
  private final Function<ServedRecord, List<Reading>> reader;
  private final long mostWaiting;
  private Duration patience = Duration.ZERO;
  private TopologyTestDriver driver;
  final Figures figures = new Figures("iris");

  PairingRun(String serving, Path folder) {
    this(serving, folder, PairingSettings.DEFAULT_MOST_WAITING_BYTES);
  }

  PairingRun(String serving, Path folder, long mostWaiting) {
    this(stream(serving), folder, mostWaiting, null);
  }

  /** Read by another than the serving stack's reader. */
  PairingRun(String serving, Path folder, Function<ServedRecord, List<Reading>> reader) {
    this(stream(serving), folder, PairingSettings.DEFAULT_MOST_WAITING_BYTES, reader);
  }

  private PairingRun(
      DeclaredStream stream,
      Path folder,
      long mostWaiting,
      @Nullable Function<ServedRecord, List<Reading>> reader) {
    this.stream = stream;
    this.reader = reader == null ? new ServingReader(stream.serving().orElseThrow())::read : reader;
    this.folder = folder;
    this.mostWaiting = mostWaiting;
    this.driver = newDriver(Instant.ofEpochMilli(START));
  }

  /** Waits so much longer than the limit, from its next start on. */
  void startsAgainWith(Duration patience) {
    this.patience = patience;
    restart(Duration.ZERO);
  }

  static DeclaredStream stream(String serving) {
    var compiled =
        new RuleCompiler()
            .compile(
                List.of(
                    new SourceFile(
                        "iris.assay",
                        """
                        stream iris from topic "%s" {
                          %s
                          id    id
                          key   plant string from inputs.plant
                          time  at    timestamp
                          x     double? from inputs.x[0]
                        }
                        """
                            .formatted(EVENTS, serving))));
    return compiled
        .rules()
        .orElseThrow(() -> new IllegalArgumentException(compiled.issues().toString()))
        .declared()
        .streams()
        .getFirst();
  }

  private TopologyTestDriver newDriver(Instant now) {
    var settings =
        new PairingSettings(
            "garden",
            stream.type(),
            stream.serving().orElseThrow(),
            TOPICS,
            3,
            Duration.ofSeconds(2),
            patience,
            mostWaiting);
    var properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "pairing");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    return new TopologyTestDriver(
        new PairingTopology(settings, figures, reader).build(), properties, now);
  }

  void send(
      String topic,
      @Nullable String key,
      long afterMillis,
      Headers headers,
      byte @Nullable [] value) {
    driver
        .createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(
            new TestRecord<>(
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                value,
                headers,
                Instant.ofEpochMilli(START + afterMillis)));
  }

  void request(String id, long afterMillis) {
    send(
        IN,
        id,
        afterMillis,
        new RecordHeaders(),
        """
        {"inputs":[{"name":"plant","shape":[1],"datatype":"BYTES","data":["p%s"]},{"name":"x","shape":[1,2],"datatype":"FP32","data":[1.5,2]}]}
        """
            .formatted(id)
            .getBytes(StandardCharsets.UTF_8));
  }

  void response(String id, long afterMillis) {
    send(
        OUT,
        id,
        afterMillis,
        new RecordHeaders(),
        "{\"model_name\":\"iris\",\"outputs\":[{\"name\":\"class\",\"shape\":[1],\"datatype\":\"INT64\",\"data\":[2]}]}"
            .getBytes(StandardCharsets.UTF_8));
  }

  /** Ids of the events, by the keys of their records. */
  List<String> events() {
    return records(EVENTS).stream()
        .map(
            record ->
                new String(record.key(), StandardCharsets.UTF_8)
                    + " "
                    + new String(record.value(), StandardCharsets.UTF_8)
                        .replaceAll(".*\"id\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  List<TestRecord<byte[], byte[]>> records(String topic) {
    return driver
        .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  List<TestRecord<byte[], byte[]>> deadLetters() {
    return records(TOPICS.deadLetters());
  }

  /** Where they came from and why they are there. */
  List<String> causes() {
    return deadLetters().stream()
        .map(
            record -> {
              DeadLetter letter = DeadLetter.read(record.headers());
              return "%s %s: %s"
                  .formatted(
                      letter.provenance().source().topic().replaceAll(".*\\.", ""),
                      letter.cause(),
                      letter.detail());
            })
        .toList();
  }

  /** The clock goes on, and nothing comes. */
  void pass(Duration time) {
    for (long left = time.toSeconds(); left > 0; left--) {
      driver.advanceWallClockTime(Duration.ofSeconds(1));
    }
  }

  int held() {
    int count = 0;
    try (KeyValueIterator<Bytes, byte[]> all = store().all()) {
      for (; all.hasNext(); all.next()) {
        count++;
      }
    }
    return count;
  }

  /** A new process takes over with what is stored, when the clock has gone on. */
  void restart(Duration down) {
    Map<Bytes, byte[]> stored = new LinkedHashMap<>();
    try (KeyValueIterator<Bytes, byte[]> all = store().all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> entry = all.next();
        stored.put(entry.key, entry.value);
      }
    }
    driver.close();
    driver = newDriver(Instant.ofEpochMilli(START).plus(down));
    stored.forEach(store()::put);
  }

  private KeyValueStore<Bytes, byte[]> store() {
    return driver.getKeyValueStore(Pair.STORE);
  }

  String description() {
    return new PairingTopology(
            new PairingSettings(
                "garden",
                stream.type(),
                stream.serving().orElseThrow(),
                TOPICS,
                3,
                Duration.ofSeconds(2),
                patience,
                mostWaiting),
            figures)
        .build()
        .describe()
        .toString();
  }

  @Override
  public void close() {
    driver.close();
  }
}
