package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All rules of one stream, judged key by key and over windows, from some partitions. */
final class WholeTrial implements Verdicts {
  final List<Violation> violations = new ArrayList<>();
  final Map<String, Long> counts = new TreeMap<>();
  final List<String> reasons = new ArrayList<>();
  final List<String> errors = new ArrayList<>();
  final List<String> waits = new ArrayList<>();
  final GroupJudge judge;
  private final StreamType stream;
  private final List<Windowed> windows = new ArrayList<>();
  private final EventDecoder decoder;
  private final Map<String, GroupState> keys = new LinkedHashMap<>();
  private final Optional<TruthJoin> join;
  private final Map<String, EventDecoder> truths = new TreeMap<>();
  private TruthState waiting = new TruthState();
  private final int partitions;
  private final boolean storing;
  private int line;

  private static final class Windowed {
    private final WindowJudge judge;
    private final Map<Integer, WindowPart> parts = new TreeMap<>();
    private WindowState state;

    Windowed(WindowJudge judge) {
      this.judge = judge;
      this.state = judge.newState();
    }

    WindowPart part(int partition) {
      return Objects.requireNonNull(parts.get(partition));
    }
  }

  /**
   * @param storing everything is stored and restored after every event
   */
  WholeTrial(String text, int partitions, boolean storing) {
    CheckedRules rules = WindowTrial.rules(text);
    if (!rules.pending().isEmpty()) {
      throw new IllegalArgumentException("not judged: " + rules.pending());
    }
    this.stream = rules.streams().getFirst();
    this.judge = GroupJudge.of(rules, List.of(stream), "default");
    this.decoder = EventDecoder.of(stream, judge.reads(stream));
    this.join = TruthJoin.of(rules, stream);
    rules
        .truths()
        .forEach(
            truth ->
                truths.put(
                    truth.truth().name(),
                    EventDecoder.of(truth.events(), Set.of(truth.truth().name()))));
    this.partitions = partitions;
    this.storing = storing;
    for (WindowJudge one : WindowJudge.of(rules, stream, "default")) {
      Windowed windowed = new Windowed(one);
      for (int i = 0; i < partitions; i++) {
        windowed.parts.put(i, one.newPart());
        one.expect(windowed.state, i, 0);
      }
      windows.add(windowed);
    }
  }

  static WholeTrial of(String text) {
    return new WholeTrial(text, 1, false);
  }

  WholeTrial judge(String... lines) {
    for (String text : lines) {
      Event event = event(text);
      GroupState state = keys.computeIfAbsent(event.key(), judge::newKey);
      judge.judge(state, event, this).ifPresent(this::count);
      if (storing) {
        keys.put(event.key(), judge.restore(event.key(), judge.snapshot(state)));
      }
    }
    return this;
  }

  private void count(Taken taken) {
    int partition = Math.floorMod(taken.event().key().hashCode(), partitions);
    Map<String, Object> known =
        join.map(one -> one.event(waiting, taken.event(), this).now()).orElse(Map.of());
    store();
    for (Windowed one : windows) {
      one.judge.count(one.part(partition), taken, known, this);
      if (storing || ++line % 7 == 0) {
        handOn(one, partition);
      }
    }
  }

  /** {@code {"id": …, "at": …, "NAME": …}}. */
  WholeTrial truth(String name, String... lines) {
    for (String text : lines) {
      Event came = decoded(Objects.requireNonNull(truths.get(name)), text);
      for (Informed informed : join.orElseThrow().truth(waiting, came, this)) {
        int partition = Math.floorMod(informed.event().key().hashCode(), partitions);
        windows.stream()
            .filter(one -> one.judge.awaits(name))
            .forEach(one -> one.judge.inform(one.part(partition), informed, this));
      }
      store();
    }
    return this;
  }

  private void store() {
    if (storing && join.isPresent()) {
      waiting = join.get().restore(join.get().snapshot(waiting));
    }
  }

  /** Ids that wait. */
  int waiting() {
    return waiting.entries.size();
  }

  private void handOn(Windowed one, int partition) {
    WindowPart sent = one.judge.restorePart(one.judge.snapshot(one.part(partition)));
    one.judge.clear(one.part(partition));
    one.judge.take(one.state, partition, sent, 1, this);
    one.state = one.judge.restoreState(one.judge.snapshot(one.state));
  }

  private Event event(String text) {
    return decoded(decoder, text);
  }

  private static Event decoded(EventDecoder decoder, String text) {
    Decoded decoded =
        decoder.decode(
            text.getBytes(StandardCharsets.UTF_8),
            null,
            new Coordinates("t", 0, 0),
            Long.MIN_VALUE);
    return ((Decoded.Readable) decoded).event();
  }

  /** Until then, by the clock of arrivals, nothing of the key has come. */
  WholeTrial pass(String key, long millis) {
    judge.pass(Objects.requireNonNull(keys.get(key)), stream, millis * 1_000_000, this);
    return this;
  }

  WholeTrial finish() {
    keys.values().forEach(state -> judge.finish(state, this));
    join.ifPresent(one -> one.finish(waiting, this));
    for (Windowed one : windows) {
      one.parts.keySet().forEach(partition -> handOn(one, partition));
      one.judge.finish(one.state, this);
    }
    return this;
  }

  int stored(String key) {
    return judge.snapshot(Objects.requireNonNull(keys.get(key))).length;
  }

  long count(String assertion, Tally tally) {
    return counts.getOrDefault(assertion + " " + tally, 0L);
  }

  List<Violation> found(String assertion) {
    return violations.stream().filter(v -> v.assertion().equals(assertion)).toList();
  }

  @Override
  public void violation(Violation violation) {
    violations.add(violation);
  }

  @Override
  public void count(String assertion, String expectation, Tally tally, long minute, long by) {
    counts.merge(assertion + " " + tally, by, Long::sum);
  }

  @Override
  public void undecided(String assertion, String expectation, long at, String reason) {
    reasons.add(at / 1_000_000 + " " + reason);
  }

  @Override
  public void waits(String assertion, String expectation, long at, String what) {
    waits.add(at / 1_000_000 + " " + what);
  }

  @Override
  public void truth(String name, String id, TruthFate fate) {
    counts.merge(name + " " + fate, 1L, Long::sum);
  }

  @Override
  public void late(Event event, LateReason reason) {
    errors.add("late: " + event);
  }

  @Override
  public void duplicate(Event event) {
    counts.merge("duplicates", 1L, Long::sum);
  }

  @Override
  public void error(String assertion, String message) {
    errors.add(message);
  }
}
