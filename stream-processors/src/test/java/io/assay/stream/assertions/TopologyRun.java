package io.assay.stream.assertions;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.CountRecord;
import io.assay.stream.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** A topology that runs without a broker: payloads in, what stands on the topics out. */
final class TopologyRun implements AutoCloseable {
  static final Topics TOPICS = new Topics("test");
  static final String PROJECT = "street";

  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> input;
  final Figures figures;

  /**
   * @param stateFolder kept, so that the next run goes on where this one stops
   */
  TopologyRun(CheckedRules rules, StreamType stream, boolean keyed, Path stateFolder) {
    figures = new Figures(stream.name());
    var settings = new JudgeSettings(PROJECT, TOPICS, keyed, 3, Duration.ofSeconds(1), 1 << 20);
    var properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.toString());
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    driver =
        new TopologyTestDriver(
            new AssertionTopology(rules, stream, settings, figures).build(),
            properties,
            Instant.ofEpochMilli(Camera.START_MILLIS));
    input =
        driver.createInputTopic(
            stream.topic(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  void send(String payload) {
    send(null, payload.getBytes(StandardCharsets.UTF_8), new RecordHeaders());
  }

  void send(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    input.pipeInput(
        new TestRecord<>(key, value, headers, Instant.ofEpochMilli(Camera.START_MILLIS)));
  }

  void send(String payload, long receivedMillis) {
    byte[] value = payload.getBytes(StandardCharsets.UTF_8);
    Instant received = Instant.ofEpochMilli(receivedMillis);
    input.pipeInput(new TestRecord<>(null, value, new RecordHeaders(), received));
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
