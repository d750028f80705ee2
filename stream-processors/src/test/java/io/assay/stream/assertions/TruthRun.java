package io.assay.stream.assertions;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.ErasureRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;

/** Where truth meets predictions, without a broker. */
final class TruthRun implements AutoCloseable {
  final Figures figures = new Figures("truth");
  private final List<ErasureRequest> erasures = new ArrayList<>();
  private final TopologyTestDriver driver;

  TruthRun(CheckedRules rules, StreamType stream, Path stateFolder) {
    this(LiveRules.fixed(rules), stream, stateFolder);
  }

  /** By rules that may change. */
  TruthRun(LiveRules rules, StreamType stream, Path stateFolder) {
    Map<String, Integer> topics = new HashMap<>();
    TruthTopology.topics(rules.newest().rules(), stream, TopologyRun.PROJECT)
        .forEach(one -> topics.put(one, 1));
    var settings =
        new JudgeSettings(
            TopologyRun.PROJECT,
            TopologyRun.TOPICS,
            true,
            1,
            topics,
            WatchedSources.STEADY,
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            0);
    var properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "truths");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.toString());
    driver =
        new TopologyTestDriver(
            TruthTopology.of(
                    rules, stream, settings, figures, project -> Optional.of(List.copyOf(erasures)))
                .build(),
            properties,
            Instant.ofEpochMilli(Camera.START_MILLIS));
  }

  /** What judges have sent. */
  void send(List<TestRecord<byte[], byte[]>> awaiting) {
    TestInputTopic<byte[], byte[]> input = input(TopologyRun.TOPICS.awaiting());
    awaiting.forEach(input::pipeInput);
  }

  /** The task hears of it when it looks next. */
  void erase(ErasureRequest request) {
    erasures.add(request);
  }

  /** Entries of the store that have a text anywhere. */
  int storedWith(String text) {
    int found = 0;
    try (KeyValueIterator<Bytes, byte[]> all =
        driver.<Bytes, byte[]>getKeyValueStore(TruthTopology.STATE).all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> one = all.next();
        found += TopologyRun.has(one.key.get(), text) || TopologyRun.has(one.value, text) ? 1 : 0;
      }
    }
    return found;
  }

  void truth(String topic, long millis, String payload) {
    input(topic)
        .pipeInput(
            new byte[0], payload.getBytes(StandardCharsets.UTF_8), Instant.ofEpochMilli(millis));
  }

  private TestInputTopic<byte[], byte[]> input(String topic) {
    return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
  }

  void pass(Duration time) {
    driver.advanceWallClockTime(time);
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
