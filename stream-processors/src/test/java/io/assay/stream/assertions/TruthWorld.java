package io.assay.stream.assertions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Tally;
import io.assay.assertion.eval.GroupJudge;
import io.assay.assertion.eval.GroupState;
import io.assay.assertion.eval.TruthFate;
import io.assay.assertion.eval.WindowJudge;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.AwaitingRecord;
import io.assay.stream.contract.PartialRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * Several partitions of predictions and of truths, and several tasks that judge and that join, each
 * of which is as far behind as chance will have it, and may end and go on from its store.
 */
final class TruthWorld {
  private static final long STEP = 250;

  private final CheckedRules rules;
  private final StreamType stream;
  private final Random random;
  private final List<Source> predictions = new ArrayList<>();
  private final Map<String, List<Source>> truths = new HashMap<>();
  private final List<Judging> judges = new ArrayList<>();
  private final List<Joining> joins = new ArrayList<>();
  private final Map<String, Merging> merging = new HashMap<>();
  private final List<String> violations = new ArrayList<>();
  private final Map<TruthFate, Long> fates = new EnumMap<>(TruthFate.class);
  private long now;

  /** Whether tasks end now and then, and others go on from their stores. */
  boolean restarts;

  /** What tasks that go on from their stores may join by, besides. */
  List<CheckedRules> others = List.of();

  /** Whether somebody reads the topics of truths. */
  boolean readsTruths = true;

  TruthWorld(CheckedRules rules, int sources, int judging, int joining, long seed) {
    this.rules = rules;
    this.stream = rules.streams().getFirst();
    for (WindowJudge judge : WindowJudge.of(rules, stream, TopologyRun.PROJECT)) {
      merging.put(judge.assertion().judgementHash(), new Merging.OfWindows(judge));
    }
    this.random = new Random(seed);
    for (int i = 0; i < sources; i++) {
      predictions.add(new Source(stream, i, sources, false));
    }
    for (String topic : TruthTopology.topics(rules, stream, TopologyRun.PROJECT)) {
      StreamType events =
          rules.truths().stream()
              .map(CheckedRules.TruthOf::events)
              .filter(one -> one.topic().equals(topic))
              .findFirst()
              .orElseThrow();
      truths.put(topic, List.of(new Source(events, 0, 2, true), new Source(events, 1, 2, true)));
    }
    for (int i = 0; i < judging; i++) {
      judges.add(new Judging(i, judging, joining));
    }
    for (int i = 0; i < joining; i++) {
      joins.add(new Joining(i, joining));
    }
  }

  /** A payload, when it arrives and in which partition. */
  record Sent(long millis, int partition, String payload) {}

  /** A partition of a topic, and who sends its records on under another key. */
  private static final class Source {
    private final EventDecoder decoder;
    private final int number;
    private final int count;
    private final boolean isTruth;
    private final Deque<Sent> waiting = new ArrayDeque<>();
    private final Progress progress = new Progress();
    private long newest = Long.MIN_VALUE;

    private Source(StreamType stream, int number, int count, boolean isTruth) {
      this.isTruth = isTruth;
      this.decoder = EventDecoder.of(stream, Set.of());
      this.number = number;
      this.count = count;
    }

    private Event read(Sent sent) {
      progress.read(sent.millis());
      Event event = event(decoder, sent, number);
      newest = Math.max(newest, event.at());
      return event;
    }
  }

  private static Event event(EventDecoder decoder, Sent sent, int partition) {
    var source = new Coordinates("t", partition, 0);
    byte[] payload = sent.payload().getBytes(UTF_8);
    Decoded decoded = decoder.decode(payload, null, source, sent.millis() * 1_000_000L);
    return ((Decoded.Readable) decoded).event();
  }

  /** A task that judges: what {@link Judge} does beside its verdicts. */
  private final class Judging {
    private final Deque<Object> waiting = new ArrayDeque<>();
    private final GroupJudge judge = GroupJudge.of(rules, List.of(stream), TopologyRun.PROJECT);
    private final EventDecoder decoder = EventDecoder.of(stream, judge.reads(stream));
    private final Map<String, GroupState> keys = new HashMap<>();
    private final Gathered gathered = new Gathered(Map.of());
    private final WindowCounts windows;
    private final AwaitingEvents awaiting;

    private Judging(int number, int count, int joining) {
      List<LaneCounts> all = new ArrayList<>();
      WindowJudge.of(rules, stream, TopologyRun.PROJECT)
          .forEach(window -> all.add(new WindowLanes(TopologyRun.PROJECT, window)));
      var lanes =
          new WindowCounts.Lanes(number, count, Map.of(stream.name(), predictions.size()), joining);
      KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore("counts").get();
      windows =
          new WindowCounts(
              all,
              Map.of(stream.name(), decoder),
              judge::pairs,
              lanes,
              new Journal(store, new StateKeys(TopologyRun.PROJECT), "windows"),
              fresh -> {},
              new Figures(stream.name()));
      awaiting = new AwaitingEvents(TopologyRun.PROJECT, all, lanes);
    }

    private void take() {
      switch (waiting.removeFirst()) {
        case TimePassed passed -> {
          windows.reach(passed, TruthWorld.this::toMerge);
          awaiting.reach(passed);
        }
        case Sent sent -> {
          Event event = event(decoder, sent, sent.partition());
          GroupState state = keys.computeIfAbsent(event.key(), judge::newKey);
          byte[] payload = sent.payload().getBytes(UTF_8);
          judge
              .judge(state, event, gathered)
              .ifPresent(
                  taken -> {
                    windows.count(taken, payload, gathered, TruthWorld.this::toMerge);
                    awaiting.came(taken, payload, TruthWorld.this::meet);
                  });
        }
        default -> throw new IllegalStateException();
      }
    }
  }

  /** A task that joins, and its store. */
  private final class Joining {
    private final Deque<AwaitingRecord> waiting = new ArrayDeque<>();
    private final KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore("truths").get();
    private final TruthCounts.Place place;
    private final Figures figures = new Figures(stream.name());
    private final Gathered gathered = new Gathered(Map.of());
    private TruthCounts counts;

    private Joining(int number, int count) {
      place = new TruthCounts.Place(number, count);
      counts = begin();
    }

    private TruthCounts begin() {
      CheckedRules by = others.isEmpty() ? rules : others.get(random.nextInt(others.size()));
      AwaitedStream awaited =
          AwaitedStream.of(by, by.streams().getFirst(), TopologyRun.PROJECT).orElseThrow();
      var keys = new StateKeys(TopologyRun.PROJECT);
      return new TruthCounts(
          awaited,
          new TruthStore(store, keys, awaited.join(), figures),
          new Journal(store, keys, "truths"),
          place,
          figures);
    }

    private void take() {
      gathered.clear(stream.name());
      AwaitingRecord next = AwaitingRecord.read(waiting.removeFirst().bytes());
      counts.take(next, gathered, TruthWorld.this::toMerge);
      gathered.truths().forEach(turned -> fates.merge(turned.fate(), 1L, Long::sum));
      if (restarts && random.nextInt(40) == 0) {
        counts = begin();
      }
    }
  }

  private void toMerge(PartialRecord partial) {
    var gathered = new Gathered(Map.of());
    Objects.requireNonNull(merging.get(partial.judgementHash()))
        .take(PartialRecord.read(partial.bytes()), gathered);
    gathered.found().forEach(one -> violations.add(new String(one.json(), UTF_8)));
    assertThat(gathered.failures()).isEmpty();
    assertThat(gathered.counts()).noneMatch(count -> count.tally() == Tally.LATE);
  }

  private void meet(AwaitingRecord record) {
    switch (record) {
      case AwaitingRecord.Came came ->
          joins.get(Math.floorMod(came.id().hashCode(), joins.size())).waiting.add(came);
      case AwaitingRecord.Read read -> joins.forEach(one -> one.waiting.add(read));
    }
  }

  void prediction(Sent sent) {
    predictions.get(sent.partition()).waiting.add(sent);
  }

  void truth(String topic, Sent sent) {
    Objects.requireNonNull(truths.get(topic)).get(sent.partition()).waiting.add(sent);
  }

  /** Nothing that arrives later is seen. */
  void run(long from, long until) {
    for (now = Math.max(now, from); now < until; now += STEP) {
      predictions.forEach(source -> some(arrived(source), () -> sendOn(source)));
      truths.forEach(
          (topic, sources) ->
              sources.forEach(source -> some(arrived(source), () -> truthOn(topic, source))));
      judges.forEach(one -> some(one.waiting.size(), one::take));
      joins.forEach(one -> some(one.waiting.size(), one::take));
      if (now % 1_000 == 0) {
        tellTime();
        handOn();
      }
    }
  }

  private int arrived(Source source) {
    if (source.isTruth && !readsTruths) {
      return 0;
    }
    return (int) source.waiting.stream().takeWhile(one -> one.millis() <= now).count();
  }

  /** Most times all, sometimes nothing, else some of it. */
  private void some(int there, Runnable take) {
    int chance = random.nextInt(10);
    int count = chance < 4 ? there : chance < 7 ? 0 : random.nextInt(there + 1);
    for (int i = 0; i < count; i++) {
      take.run();
    }
  }

  private void sendOn(Source source) {
    Sent sent = source.waiting.removeFirst();
    String key = source.read(sent).key();
    judges.get(Math.floorMod(key.hashCode(), judges.size())).waiting.add(sent);
  }

  private void truthOn(String topic, Source source) {
    Sent sent = source.waiting.removeFirst();
    String id = source.read(sent).key();
    meet(
        new AwaitingRecord.Came(
            TopologyRun.PROJECT,
            stream.name(),
            id,
            true,
            "",
            new Coordinates(topic, source.number, 0),
            sent.millis() * 1_000_000L,
            sent.payload().getBytes(UTF_8)));
  }

  private void tellTime() {
    for (Source source : predictions) {
      long received = received(source);
      if (received > 0) {
        var passed =
            new TimePassed(stream.name(), source.number, received * 1_000_000L, source.newest);
        judges.forEach(judge -> judge.waiting.add(passed));
      }
    }
    if (readsTruths) {
      truths.forEach((topic, sources) -> sources.forEach(source -> tellTruth(topic, source)));
    }
  }

  private long received(Source source) {
    return source.progress.look(now, arrived(source) == 0);
  }

  private void tellTruth(String topic, Source source) {
    long received = received(source);
    if (received > 0) {
      var mark = new AwaitingRecord.Mark(source.number, received * 1_000_000L, Long.MIN_VALUE);
      meet(
          new AwaitingRecord.Read(
              TopologyRun.PROJECT, stream.name(), topic, 0, 1, source.count, List.of(mark)));
    }
  }

  private void handOn() {
    for (Judging judge : judges) {
      judge.windows.handOn(this::toMerge);
      judge.awaiting.tell(this::meet);
    }
    joins.forEach(one -> one.counts.handOn(this::toMerge));
    if (restarts && random.nextInt(30) == 0) {
      merging.values().forEach(one -> one.restore(one.snapshot()));
    }
  }

  /** As their canonical bytes. */
  List<String> violations() {
    return violations;
  }

  Map<TruthFate, Long> fates() {
    return fates;
  }

  /** Ids of which anything is kept. */
  long kept() {
    long kept = 0;
    byte[] id = new StateKeys(TopologyRun.PROJECT).ofId("").get();
    for (Joining one : joins) {
      assertThat(one.figures.restarted()).isZero();
      try (var all = one.store.all()) {
        while (all.hasNext()) {
          kept += all.next().key.get()[0] == id[0] ? 1 : 0;
        }
      }
    }
    return kept;
  }
}
