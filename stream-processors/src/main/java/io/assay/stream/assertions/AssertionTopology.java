package io.assay.stream.assertions;

import io.assay.assertion.eval.StreamJudge;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Events of one stream in; violations, counts, dead letters and late records out. The methods stand
 * in the order in which records meet them.
 *
 * <p>Records are bytes until they are decoded by us, so that no deserialiser can stop a task. The
 * shape never depends on the rules: a new rule is data for the judge, not an operator.
 */
public final class AssertionTopology {
  static final String VIOLATIONS = "violations";
  static final String COUNTS = "counts";
  static final String DEAD_LETTERS = "dead-letters";
  static final String LATE = "late";
  static final String JUDGE = "judge";
  static final String STATE = "state";

  /** Of the internal topic that brings the events of a key together. */
  public static final String BY_KEY = "by-key";

  private static final String DECODE = "decode";

  private final CheckedRules rules;
  private final StreamType stream;
  private final JudgeSettings settings;
  private final Figures figures;

  /**
   * @param rules those that judge live
   * @param figures where the tasks report what they do
   */
  public AssertionTopology(
      CheckedRules rules, StreamType stream, JudgeSettings settings, Figures figures) {
    this.rules = rules;
    this.stream = stream;
    this.settings = settings;
    this.figures = figures;
  }

  public Topology build() {
    var builder = new StreamsBuilder();
    judge(decode(perKey(read(builder))));
    return write(builder.build());
  }

  private KStream<byte[], byte[]> read(StreamsBuilder builder) {
    return builder.stream(
        stream.topic(),
        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
            .withTimestampExtractor(new ReceivedTime())
            .withName("read"));
  }

  /** A key's events must meet in one partition, because they share one state. */
  private KStream<byte[], byte[]> perKey(KStream<byte[], byte[]> records) {
    if (settings.keyed()) {
      return records;
    }
    EventDecoder keyOnly = EventDecoder.of(stream, Set.of());
    return records
        .<byte[], byte[]>process(() -> new TakeKey(keyOnly), Named.as("take-key"))
        .repartition(
            Repartitioned.<byte[], byte[]>as(BY_KEY)
                .withKeySerde(Serdes.ByteArray())
                .withValueSerde(Serdes.ByteArray())
                .withNumberOfPartitions(settings.partitions()));
  }

  private KStream<byte[], Incoming> decode(KStream<byte[], byte[]> records) {
    EventDecoder decoder =
        EventDecoder.of(stream, StreamJudge.of(rules, stream, settings.project()).reads());
    return records.process(
        () -> new Decode(decoder, settings.project(), stream.name(), figures), Named.as(DECODE));
  }

  /** One node and one store for all rules. */
  private void judge(KStream<byte[], Incoming> events) {
    StoreBuilder<KeyValueStore<Bytes, byte[]>> store =
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(STATE), Serdes.Bytes(), Serdes.ByteArray())
            .withCachingEnabled()
            .withLoggingEnabled(Map.of());
    events.process(
        new JudgeSupplier(
            () ->
                new Judge(
                    StreamJudge.of(rules, stream, settings.project()), stream, settings, figures),
            store),
        Named.as(JUDGE));
  }

  private Topology write(Topology topology) {
    var bytes = new ByteArraySerializer();
    topology.addSink(VIOLATIONS, settings.topics().violations(), bytes, bytes, JUDGE);
    topology.addSink(COUNTS, settings.topics().counts(), bytes, bytes, JUDGE);
    topology.addSink(DEAD_LETTERS, settings.topics().deadLetters(), bytes, bytes, DECODE, JUDGE);
    topology.addSink(LATE, settings.topics().late(), bytes, bytes, JUDGE);
    return topology;
  }
}
