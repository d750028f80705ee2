package io.assay.stream.assertions;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.CountRecord;
import io.assay.stream.contract.ErasureDone;
import io.assay.stream.contract.ErasureRequest;
import io.assay.stream.contract.Provenance;
import io.assay.stream.imputation.ImputersInForce;
import io.assay.stream.tracing.Traces;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** A task that judges, commits after each event, and may lose all but its store at any commit. */
final class JudgeRun implements AutoCloseable {
  private final LiveRules rules;
  private final JudgeSettings settings;
  private final Map<String, Figures> figures = new HashMap<>();
  private final Map<String, EventDecoder> decoders = new HashMap<>();
  private final List<String> violations = new ArrayList<>();
  private final List<Record<? extends byte[], ? extends byte[]>> voices = new ArrayList<>();
  private final List<ErasureRequest> erasures = new ArrayList<>();
  private final List<ErasureDone> erased = new ArrayList<>();
  private final Map<String, CountRecord> counts = new LinkedHashMap<>();
  private final KeyValueStore<Bytes, byte[]> store =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore(AssertionTopology.STATE),
              Serdes.Bytes(),
              Serdes.ByteArray())
          .withLoggingDisabled()
          .build();
  private MockProcessorContext<byte[], byte[]> context;
  private TaskRules task;
  private Judge judge;
  private long offset;

  JudgeRun(CheckedRules rules) {
    this(rules, 1 << 20);
  }

  /** {@code hotBytes}: of objects that are kept. */
  JudgeRun(CheckedRules rules, long hotBytes) {
    this(rules, hotBytes, JudgeSettings.DEFAULT_BUDGET);
  }

  /** {@code budget}: what an assertion may take for an event. */
  JudgeRun(CheckedRules rules, long hotBytes, Duration budget) {
    this(LiveRules.fixed(rules), hotBytes, budget);
  }

  /** By rules that may change. */
  JudgeRun(LiveRules live, long hotBytes, Duration budget) {
    this.rules = live;
    CheckedRules rules = live.newest().rules();
    settings =
        new JudgeSettings(
            TopologyRun.PROJECT,
            TopologyRun.TOPICS,
            false,
            1,
            rules.streams().stream().collect(Collectors.toMap(StreamType::name, unused -> 1)),
            WatchedSources.STEADY,
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            hotBytes,
            1,
            budget);
    for (StreamType stream : rules.streams()) {
      figures.put(stream.name(), new Figures(stream.name()));
    }
    context = new MockProcessorContext<>();
    store.init(context.getStateStoreContext(), store);
    task = ofTask();
    judge = begin();
  }

  private TaskRules ofTask() {
    return register().of(context.taskId());
  }

  private TaskRules.Register register() {
    return AssertionTopology.tasks(
        rules, rules.newest().rules().streams(), settings.project(), ImputersInForce.NONE);
  }

  private Judge begin() {
    context = new MockProcessorContext<>();
    context.setCurrentSystemTimeMs(Camera.START_MILLIS);
    context.addStateStore(store);
    TaskRules.Register register = register();
    task = register.of(context.taskId());
    var begun =
        new Judge(
            register, settings, figures, Traces.OFF, project -> Optional.of(List.copyOf(erasures)));
    begun.init(context);
    readAsJudged();
    return begun;
  }

  private void readAsJudged() {
    figures.keySet().forEach(stream -> decoders.put(stream, task.current().decoder(stream)));
  }

  /** The task hears that there are other rules. */
  void change() {
    if (task.look()) {
      judge.process(new Record<>(new byte[0], new RulesChanged(), Camera.START_MILLIS));
      readAsJudged();
      commit();
    }
  }

  void judge(StreamType stream, String payload, long receivedMillis) {
    byte[] value = payload.getBytes(StandardCharsets.UTF_8);
    var source = new Coordinates(stream.topic(), 0, offset++);
    Decoded decoded =
        Optional.ofNullable(decoders.get(stream.name()))
            .orElseThrow()
            .decode(value, null, source, receivedMillis * 1_000_000L);
    if (decoded instanceof Decoded.Readable(var event)) {
      var provenance = new Provenance(settings.project(), stream.name(), source, receivedMillis);
      judge.process(
          new Record<>(
              new byte[0], new Incoming(event, provenance, null, value, value), receivedMillis));
    }
    commit();
  }

  /** Up to now nothing else has come of a stream. */
  void pass(StreamType stream, long receivedMillis) {
    var passed = new TimePassed(stream.name(), 0, receivedMillis * 1_000_000L, Long.MIN_VALUE);
    judge.process(new Record<>(new byte[0], passed, receivedMillis));
    commit();
  }

  /** Each second it is seen to what is to be done then. */
  void tick() {
    tick(0);
  }

  /** The same, so long after the start. */
  void tick(long wallClockMillis) {
    context.scheduledPunctuators().forEach(each -> each.getPunctuator().punctuate(wallClockMillis));
    commit();
  }

  private void commit() {
    for (var forwarded : context.forwarded()) {
      byte[] value = forwarded.record().value();
      switch (forwarded.childName().orElse("")) {
        case AssertionTopology.VIOLATIONS ->
            violations.add(new String(value, StandardCharsets.UTF_8));
        case AssertionTopology.COUNTS ->
            counts.put(
                new String(forwarded.record().key(), StandardCharsets.UTF_8),
                CountRecord.read(value));
        case AssertionTopology.ERASURES -> erased.add(ErasureDone.read(value));
        case AssertionTopology.SILENT -> voices.add(forwarded.record());
        default -> {}
      }
    }
    context.resetForwards();
  }

  /** All objects are lost; another process begins with what the store has. */
  void crash() {
    judge = begin();
  }

  /** The task hears of it when it looks next. */
  void erase(ErasureRequest request) {
    erasures.add(request);
  }

  /** Nobody keeps any request. */
  void forgetErasures() {
    erasures.clear();
  }

  /** What the task has told of them. */
  List<ErasureDone> erased() {
    return erased;
  }

  List<String> violations() {
    return violations;
  }

  /** That keys are silent, or speak, since it was asked last. */
  List<Record<? extends byte[], ? extends byte[]>> voices() {
    List<Record<? extends byte[], ? extends byte[]>> all = List.copyOf(voices);
    voices.clear();
    return all;
  }

  /** The newest of each. */
  Map<String, CountRecord> counts() {
    return counts;
  }

  Figures figuresOf(String stream) {
    return Optional.ofNullable(figures.get(stream)).orElseThrow();
  }

  /** Keys of which the store has anything. */
  int remembered() {
    return stored(new StateKeys(TopologyRun.PROJECT).ofKey("")).size();
  }

  /** Under which the store tells fields of events. */
  List<Bytes> fields() {
    return stored(new StateKeys(TopologyRun.PROJECT).ofFields(0));
  }

  private List<Bytes> stored(Bytes ofKind) {
    return stored(ofKind.get()[0]);
  }

  /** Entries of a kind. */
  List<Bytes> stored(int kind) {
    List<Bytes> found = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      all.forEachRemaining(
          one -> {
            if (one.key.get()[0] == kind) {
              found.add(one.key);
            }
          });
    }
    return found;
  }

  /** Puts bytes in the place of others; none take them away. */
  void damage(Bytes key, byte @Nullable [] value) {
    store.put(key, value);
  }

  long restarted() {
    return figures.values().stream().mapToLong(Figures::restarted).sum();
  }

  @Override
  public void close() {
    store.close();
  }
}
