package io.assay.stream.assertions;

import io.assay.assertion.eval.GroupJudge;
import io.assay.assertion.eval.OverStream;
import io.assay.assertion.eval.WindowJudge;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
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
 * Events of connected streams in; violations, counts, partial counts of windows, dead letters, late
 * records and ticks out. The methods stand in the order in which records meet them.
 *
 * <p>Records are bytes until they are decoded by us, so that no deserialiser can stop a task. The
 * shape depends on which streams are joined, and else never on the rules: a new rule is data for
 * the judge, not an operator.
 */
public final class AssertionTopology {
  static final String VIOLATIONS = "violations";
  static final String COUNTS = "counts";
  static final String DEAD_LETTERS = "dead-letters";
  static final String LATE = "late";
  static final String TICKS = "ticks";
  static final String PARTIALS = "partials";
  static final String JUDGE = "judge";

  /** The store, and so the name of the topic that has what it has. */
  public static final String STATE = "state";

  private static final String BY_KEY = "by-key";
  private static final String DECODE = "decode";

  private final CheckedRules rules;
  private final List<StreamType> streams;
  private final JudgeSettings settings;
  private final Map<String, Figures> figures;
  private final GroupJudge judge;
  private final Map<String, EventDecoder> decoders;

  /**
   * @param rules those that judge live
   * @param streams connected by joins, or one alone
   * @param figures by stream: where the tasks report what they do
   */
  public AssertionTopology(
      CheckedRules rules,
      List<StreamType> streams,
      JudgeSettings settings,
      Map<String, Figures> figures) {
    this.rules = rules;
    this.streams = List.copyOf(streams);
    this.settings = settings;
    this.figures = Map.copyOf(figures);
    this.judge = newJudge();
    this.decoders =
        streams.stream()
            .collect(
                Collectors.toMap(
                    StreamType::name, stream -> EventDecoder.of(stream, judge.reads(stream))));
  }

  private GroupJudge newJudge() {
    return GroupJudge.of(rules, streams, settings.project());
  }

  /** The internal topic that brings the events of a key together. */
  public static String byKey(List<StreamType> streams, StreamType stream) {
    return name(streams, BY_KEY, stream);
  }

  /** A stream alone has the names that there were before streams were joined: they hold state. */
  private static String name(List<StreamType> streams, String operator, StreamType stream) {
    return streams.size() == 1 ? operator : operator + '-' + stream.name();
  }

  private String name(String operator, StreamType stream) {
    return name(streams, operator, stream);
  }

  public Topology build() {
    var builder = new StreamsBuilder();
    streams.forEach(stream -> decode(stream, perKey(stream, read(builder, stream))));
    return write(judge(builder.build()));
  }

  private KStream<byte[], byte[]> read(StreamsBuilder builder, StreamType stream) {
    return builder.stream(
        stream.topic(),
        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
            .withTimestampExtractor(new ReceivedTime())
            .withName(name("read", stream)));
  }

  /** A key's events must meet in one partition, because they share one state. */
  private KStream<byte[], byte[]> perKey(StreamType stream, KStream<byte[], byte[]> records) {
    if (settings.keyed()) {
      return records;
    }
    EventDecoder keyOnly = EventDecoder.of(stream, Set.of());
    boolean needsTime = judge.needsTicks() || !gathered().isEmpty();
    Duration heartbeats = JudgeSettings.heartbeats(needsTime);
    return records
        .<byte[], byte[]>process(
            () -> new TakeKey(keyOnly, heartbeats), Named.as(name("take-key", stream)))
        .repartition(
            Repartitioned.<byte[], byte[]>as(name(BY_KEY, stream))
                .withKeySerde(Serdes.ByteArray())
                .withValueSerde(Serdes.ByteArray())
                .withStreamPartitioner(Heartbeat.partitioner())
                .withNumberOfPartitions(settings.partitions()));
  }

  /** What one task gathers for others to judge. */
  private List<LaneCounts> gathered() {
    Map<String, LaneCounts> all = new LinkedHashMap<>();
    for (StreamType stream : streams) {
      for (WindowJudge window : WindowJudge.of(rules, stream, settings.project())) {
        var lanes = new WindowLanes(settings.project(), window);
        all.putIfAbsent(lanes.judgementHash(), lanes);
      }
      OverStream.of(rules, stream, settings.project())
          .map(whole -> new BeatLanes(settings.project(), stream.name(), whole))
          .ifPresent(lanes -> all.put(lanes.judgementHash(), lanes));
    }
    return List.copyOf(all.values());
  }

  private void decode(StreamType stream, KStream<byte[], byte[]> records) {
    EventDecoder decoder = Objects.requireNonNull(decoders.get(stream.name()), stream.name());
    Figures own = Objects.requireNonNull(figures.get(stream.name()), stream.name());
    records.process(
        () -> new Decode(decoder, settings.project(), stream.name(), own, !settings.keyed()),
        Named.as(name(DECODE, stream)));
  }

  private String[] decoders() {
    return streams.stream().map(stream -> name(DECODE, stream)).toArray(String[]::new);
  }

  /** One node and one store for all rules. */
  private Topology judge(Topology topology) {
    StoreBuilder<KeyValueStore<Bytes, byte[]>> store =
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(STATE), Serdes.Bytes(), Serdes.ByteArray())
            .withCachingEnabled()
            .withLoggingEnabled(Map.of());
    return topology.addProcessor(
        JUDGE,
        new JudgeSupplier(
            () -> new Judge(newJudge(), gathered(), decoders, settings, figures), store),
        decoders());
  }

  private Topology write(Topology topology) {
    var bytes = new ByteArraySerializer();
    String[] failing = new String[streams.size() + 1];
    System.arraycopy(decoders(), 0, failing, 0, streams.size());
    failing[streams.size()] = JUDGE;
    topology.addSink(VIOLATIONS, settings.topics().violations(), bytes, bytes, JUDGE);
    topology.addSink(COUNTS, settings.topics().counts(), bytes, bytes, JUDGE);
    topology.addSink(DEAD_LETTERS, settings.topics().deadLetters(), bytes, bytes, failing);
    topology.addSink(LATE, settings.topics().late(), bytes, bytes, JUDGE);
    topology.addSink(TICKS, settings.topics().ticks(), bytes, bytes, JUDGE);
    topology.addSink(PARTIALS, settings.topics().partials(), bytes, bytes, JUDGE);
    return topology;
  }
}
