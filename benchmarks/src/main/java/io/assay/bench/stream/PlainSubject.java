package io.assay.bench.stream;

import io.assay.stream.app.ProcessorSettings;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import tools.jackson.databind.json.JsonMapper;

/** Writes what it reads to another topic, as it came or through Jackson's tree. */
final class PlainSubject implements Subject {
  private final KafkaStreams streams;
  private final LongAdder processed = new LongAdder();
  private final String output;

  private PlainSubject(
      String input, String output, ProcessorSettings settings, UnaryOperator<byte[]> change) {
    this.output = output;
    var builder = new StreamsBuilder();
    builder.stream(input, Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("read"))
        .mapValues(
            value -> {
              processed.increment();
              return change.apply(value);
            },
            Named.as("change"))
        .to(output, Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("write"));
    streams = new KafkaStreams(builder.build(), settings.kafkaStreams(output, "bench"));
    streams.start();
  }

  static PlainSubject passthrough(String input, String output, ProcessorSettings settings) {
    return new PlainSubject(input, output, settings, value -> value);
  }

  static PlainSubject jsonRewrite(String input, String output, ProcessorSettings settings) {
    JsonMapper json = JsonMapper.shared();
    return new PlainSubject(
        input, output, settings, value -> json.writeValueAsBytes(json.readTree(value)));
  }

  @Override
  public long processed() {
    return processed.sum();
  }

  @Override
  public String output() {
    return output;
  }

  @Override
  public void close() {
    streams.close(Duration.ofSeconds(10));
    streams.cleanUp();
  }
}
