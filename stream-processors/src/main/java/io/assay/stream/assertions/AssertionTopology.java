package io.assay.stream.assertions;

import io.assay.assertion.eval.GroupJudge;
import io.assay.assertion.eval.OverStream;
import io.assay.assertion.eval.WindowJudge;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.Erasing;
import io.assay.stream.imputation.Completion;
import io.assay.stream.imputation.ImputedStream;
import io.assay.stream.imputation.ImputersInForce;
import io.assay.stream.tracing.Traces;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
 * Events of connected streams in; violations, counts, partial counts of windows, dead letters, late
 * records, ticks and which keys are silent out. The methods stand in the order in which records
 * meet them.
 *
 * <p>Records are bytes until they are decoded by us, so that no deserialiser can stop a task. The
 * shape depends on which streams are joined, and else never on the rules: a new rule is data for
 * the judge, not an operator.
 */
public final class AssertionTopology {
  static final String VIOLATIONS = "violations";
  static final String COUNTS = "counts";
  static final String FIGURES = "figures";
  static final String DEAD_LETTERS = "dead-letters";
  static final String LATE = "late";
  static final String TICKS = "ticks";
  static final String SILENT = "silent";
  static final String PARTIALS = "partials";
  static final String AWAITING = "awaiting";
  static final String RULE_USE = "rule-use";
  static final String ERASURES = "erasures";
  static final String IMPUTED = "imputed";
  static final String JUDGE = "judge";

  /** The store, and so the name of the topic that has what it has. */
  public static final String STATE = "state";

  private static final String BY_KEY = "by-key";
  private static final String DECODE = "decode";

  private final LiveRules rules;
  private final List<StreamType> streams;
  private final JudgeSettings settings;
  private final Map<String, Figures> figures;
  private final TaskRules.Register tasks;
  private final Traces traces;
  private final Erasing erasing;

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
    this(LiveRules.fixed(rules), streams, settings, figures);
  }

  /**
   * @param rules that may change, except for what connects the streams and for their topics
   * @param streams as the newest rules have them
   */
  public AssertionTopology(
      LiveRules rules,
      List<StreamType> streams,
      JudgeSettings settings,
      Map<String, Figures> figures) {
    this(rules, streams, settings, figures, ImputersInForce.NONE, Traces.OFF, Erasing.NOTHING);
  }

  /**
   * @param imputers by which gaps are filled, where the rules want that
   * @param traces hear of events that are traced
   * @param erasing which keys are to be forgotten
   */
  public AssertionTopology(
      LiveRules rules,
      List<StreamType> streams,
      JudgeSettings settings,
      Map<String, Figures> figures,
      ImputersInForce imputers,
      Traces traces,
      Erasing erasing) {
    this.traces = traces;
    this.erasing = erasing;
    this.rules = rules;
    this.streams = List.copyOf(streams);
    this.settings = settings;
    this.figures = Map.copyOf(figures);
    this.tasks = tasks(rules, streams, settings.project(), imputers);
  }

  static TaskRules.Register tasks(
      LiveRules rules, List<StreamType> streams, String project, ImputersInForce imputers) {
    List<String> names = names(streams);
    return new TaskRules.Register(
        rules, generation -> judging(generation, names, project, imputers));
  }

  /** For one task alone. */
  private Judging judging(LiveRules.Generation generation) {
    return judging(generation, names(streams), settings.project(), ImputersInForce.NONE);
  }

  /**
   * Whether rules can judge connected streams here.
   *
   * @throws RuntimeException if not
   */
  public static void tryOut(
      LiveRules.Generation generation, List<StreamType> streams, String project) {
    judging(generation, names(streams), project, ImputersInForce.NONE);
  }

  private static List<String> names(List<StreamType> streams) {
    return streams.stream().map(StreamType::name).toList();
  }

  private static Judging judging(
      LiveRules.Generation generation,
      List<String> names,
      String project,
      ImputersInForce imputers) {
    CheckedRules rules = generation.rules();
    List<StreamType> streams =
        names.stream().map(name -> rules.stream(name).orElseThrow()).toList();
    GroupJudge judge = GroupJudge.of(rules, streams, project);
    Map<String, EventDecoder> decoders = new HashMap<>();
    Map<String, Completion> completions = new HashMap<>();
    for (StreamType stream : streams) {
      Set<String> reads = new HashSet<>(judge.reads(stream));
      ImputedStream.of(rules, stream.name())
          .map(imputed -> new Completion(imputed, imputers))
          .ifPresent(
              completion -> {
                completions.put(stream.name(), completion);
                reads.addAll(completion.reads());
              });
      decoders.put(stream.name(), EventDecoder.of(stream, reads));
    }
    return new Judging(generation, judge, gathered(rules, streams, project), decoders, completions);
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
    return records
        .<byte[], byte[]>process(
            () ->
                new TakeKey(
                    rules, now -> keys(now, stream.name()), settings.watched(), stream.topic()),
            Named.as(name("take-key", stream)))
        .repartition(
            Repartitioned.<byte[], byte[]>as(name(BY_KEY, stream))
                .withKeySerde(Serdes.ByteArray())
                .withValueSerde(Serdes.ByteArray())
                .withStreamPartitioner(Heartbeat.partitioner())
                .withNumberOfPartitions(settings.partitions()));
  }

  private TakeKey.Keys keys(LiveRules.Generation generation, String stream) {
    StreamType type = generation.rules().stream(stream).orElseThrow();
    return new TakeKey.Keys(
        EventDecoder.of(type, Set.of()), JudgeSettings.heartbeats(judging(generation).needsTime()));
  }

  /** What one task gathers for others to judge. */
  private static List<LaneCounts> gathered(
      CheckedRules rules, List<StreamType> streams, String project) {
    Map<String, LaneCounts> all = new LinkedHashMap<>();
    for (StreamType stream : streams) {
      for (WindowJudge window : WindowJudge.of(rules, stream, project)) {
        var lanes = new WindowLanes(project, window);
        all.putIfAbsent(lanes.judgementHash(), lanes);
      }
      OverStream.of(rules, stream, project)
          .map(whole -> new BeatLanes(project, stream.name(), whole))
          .ifPresent(lanes -> all.put(lanes.judgementHash(), lanes));
    }
    return List.copyOf(all.values());
  }

  private void decode(StreamType stream, KStream<byte[], byte[]> records) {
    Figures own = Objects.requireNonNull(figures.get(stream.name()), stream.name());
    records.process(
        () ->
            new Decode(
                tasks,
                settings.project(),
                stream.name(),
                own,
                settings.keyed() ? Optional.of(settings.watched()) : Optional.empty(),
                stream.topic(),
                name(IMPUTED, stream)),
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
        new JudgeSupplier(() -> new Judge(tasks, settings, figures, traces, erasing), store),
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
    topology.addSink(SILENT, settings.topics().silent(), bytes, bytes, JUDGE);
    topology.addSink(PARTIALS, settings.topics().partials(), bytes, bytes, JUDGE);
    AwaitingSink.add(topology, AWAITING, settings.topics().awaiting(), JUDGE);
    topology.addSink(RULE_USE, settings.topics().ruleUse(), bytes, bytes, JUDGE);
    topology.addSink(ERASURES, settings.topics().erasures(), bytes, bytes, JUDGE);
    // Written to only while the stream's gaps are filled; that they are is data, as all rules are.
    for (StreamType stream : streams) {
      topology.addSink(
          name(IMPUTED, stream),
          settings.topics().imputed(settings.project(), stream.name()),
          bytes,
          bytes,
          name(DECODE, stream));
    }
    return topology;
  }
}
