package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Rules judging lines of connected streams, all of one key, and all that came of it. */
final class GroupTrial implements Verdicts {
  final List<Violation> violations = new ArrayList<>();
  final Map<String, Long> counts = new HashMap<>();
  final List<String> reasons = new ArrayList<>();
  final List<String> errors = new ArrayList<>();
  final List<String> late = new ArrayList<>();
  private final GroupJudge judge;
  private final Map<String, EventDecoder> decoders = new HashMap<>();
  private final Map<String, GroupState> states = new LinkedHashMap<>();
  private final String keyField;
  private final String key;
  int ticks;
  int forgotten;
  private boolean storing;
  private boolean forgetting;
  private long line;

  private GroupTrial(String rules, String keyField, String key) {
    this.keyField = keyField;
    this.key = key;
    Compilation compiled = new RuleCompiler().compile(List.of(new SourceFile("test.assay", rules)));
    CheckedRules checked =
        compiled.rules().orElseThrow(() -> new AssertionError(compiled.issues()));
    assertThat(checked.pending()).isEmpty();
    List<StreamType> streams =
        ConnectedStreams.of(checked).stream()
            .max(Comparator.comparingInt(List::size))
            .orElseThrow();
    judge = GroupJudge.of(checked, streams, "default");
    streams.forEach(s -> decoders.put(s.name(), EventDecoder.of(s, judge.reads(s))));
  }

  /** The rules' largest group; every event is of one key. */
  static GroupTrial of(String rules, String keyField, String key) {
    return new GroupTrial(rules, keyField, key);
  }

  GroupTrial storing() {
    storing = true;
    return this;
  }

  /** Forgets the key when its recording is over, as a store does that shall not grow. */
  GroupTrial forgetting() {
    forgetting = true;
    return this;
  }

  /** {@code "camera 100 {\"boxes\":…}"}. */
  GroupTrial judge(String... lines) {
    for (String text : lines) {
      Event event = event(text);
      GroupState known = states.get(event.key());
      if (forgetting && known != null && judge.over(known).orElse(Long.MAX_VALUE) < event.at()) {
        judge.end(known, this);
        states.remove(event.key());
        forgotten++;
      }
      GroupState state = states.computeIfAbsent(event.key(), judge::newKey);
      judge.judge(state, event, this);
      if (storing) {
        states.put(event.key(), judge.restore(event.key(), judge.snapshot(state)));
      }
    }
    return this;
  }

  Event event(String text) {
    String[] parts = text.split(" ", 3);
    String json =
        "{\"%s\":\"%s\",\"at\":%s,%s".formatted(keyField, key, parts[1], parts[2].substring(1));
    Decoded decoded =
        Objects.requireNonNull(decoders.get(parts[0]))
            .decode(
                json.getBytes(StandardCharsets.UTF_8),
                null,
                new Coordinates(parts[0], 0, line++),
                Long.MIN_VALUE);
    return ((Decoded.Readable) decoded).event();
  }

  GroupTrial tick(String stream, long millis) {
    StreamType type =
        judge.streams().stream().filter(s -> s.name().equals(stream)).findFirst().orElseThrow();
    judge.tick(Objects.requireNonNull(states.get(key)), type, millis * 1_000_000, this);
    return this;
  }

  /** Until then, by the clock of arrivals, nothing has come of any stream. */
  GroupTrial passAll(long millis) {
    GroupState state = Objects.requireNonNull(states.get(key));
    for (StreamType stream : judge.streams()) {
      ticks += judge.pass(state, stream, millis * 1_000_000, this).size();
    }
    return this;
  }

  GroupTrial finish() {
    states.values().forEach(state -> judge.finish(state, this));
    return this;
  }

  /** What of a stream waits for partners, or may be one. */
  int buffered(String stream) {
    return Objects.requireNonNull(states.get(key)).buffer(stream).events().size();
  }

  /** Bytes of the key's state. */
  int stored() {
    return judge.snapshot(Objects.requireNonNull(states.get(key))).length;
  }

  List<String> subjects() {
    return violations.stream().map(v -> v.at() / 1_000_000 + " " + v.subject()).toList();
  }

  long count(String assertion, Tally tally) {
    return counts.getOrDefault(assertion + " " + tally, 0L);
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
  public void late(Event event, LateReason reason) {
    late.add(reason + " " + event.stream().name() + " " + event.at() / 1_000_000);
  }

  @Override
  public void duplicate(Event event) {}

  @Override
  public void error(String assertion, String message) {
    errors.add(message);
  }
}
