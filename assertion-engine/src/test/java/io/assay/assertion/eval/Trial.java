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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Rules judging JSON lines, and all that came of it. */
final class Trial implements Verdicts {
  final List<Violation> violations = new ArrayList<>();
  final Map<String, Long> counts = new HashMap<>();

  /** Which keys are silent, and which speak, in the order in which it was said. */
  final List<String> voices = new ArrayList<>();

  final List<String> late = new ArrayList<>();
  final List<String> errors = new ArrayList<>();
  int duplicates;

  final CheckedRules rules;
  final StreamType stream;
  final StreamJudge judge;
  private final EventDecoder decoder;
  private final Map<String, KeyState> keys = new LinkedHashMap<>();
  private long line;
  private boolean storing;

  static Trial of(CheckedRules rules) {
    return new Trial(rules);
  }

  private Trial(CheckedRules rules) {
    this.rules = rules;
    stream = rules.streams().getFirst();
    judge = StreamJudge.of(rules, stream, "default");
    decoder = EventDecoder.of(stream, judge.reads());
  }

  static Trial of(String rules) {
    return of(rules, Map.of());
  }

  static Trial of(String rules, Map<String, String> parameters) {
    Compilation compiled =
        new RuleCompiler().compile(List.of(new SourceFile("test.assay", rules)), parameters);
    return new Trial(
        compiled
            .rules()
            .orElseThrow(() -> new IllegalArgumentException(compiled.issues().toString())));
  }

  /** Stores and restores the state after every event from now on. */
  Trial storing() {
    storing = true;
    return this;
  }

  Trial judge(String... lines) {
    Stream.of(lines).forEach(text -> judge(event(text, Long.MIN_VALUE)));
    return this;
  }

  Trial judgeReceived(long receivedMillis, String text) {
    judge(event(text, receivedMillis * 1_000_000));
    return this;
  }

  Event event(String text, long received) {
    Decoded decoded =
        decoder.decode(
            text.getBytes(StandardCharsets.UTF_8),
            null,
            new Coordinates("test", 0, line++),
            received);
    return switch (decoded) {
      case Decoded.Readable readable -> readable.event();
      case Decoded.Unreadable bad ->
          throw new IllegalArgumentException(bad.cause() + ": " + bad.detail());
    };
  }

  void judge(Event event) {
    KeyState state = keys.computeIfAbsent(event.key(), judge::newKey);
    judge.judge(state, event, this);
    if (storing) {
      keys.put(event.key(), judge.restore(event.key(), judge.snapshot(state)));
    }
  }

  /** Stores and restores the states of all keys. */
  void storeOnce() {
    keys.replaceAll((key, state) -> judge.restore(key, judge.snapshot(state)));
  }

  Trial tick(String key, long millis) {
    KeyState state = key(key);
    judge.tick(state, millis * 1_000_000, this);
    if (storing) {
      keys.put(key, judge.restore(key, judge.snapshot(state)));
    }
    return this;
  }

  KeyState key(String key) {
    return java.util.Objects.requireNonNull(keys.get(key));
  }

  Trial finish() {
    keys.values().forEach(state -> judge.finish(state, this));
    return this;
  }

  List<Violation> found(String assertion) {
    return violations.stream().filter(v -> v.assertion().equals(assertion)).toList();
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
  public void silent(Violation violation, long received) {
    assertThat(violations).contains(violation);
    String since = received == Long.MIN_VALUE ? "?" : Long.toString(received / 1_000_000);
    voices.add(
        "%s silent at %d since %s".formatted(violation.key(), violation.at() / 1_000_000, since));
  }

  @Override
  public void speaks(String assertion, String key, long at) {
    voices.add("%s speaks at %d".formatted(key, at / 1_000_000));
  }

  @Override
  public void late(Event event, LateReason reason) {
    late.add(reason + " " + event.at() / 1_000_000);
  }

  @Override
  public void duplicate(Event event) {
    duplicates++;
  }

  @Override
  public void error(String assertion, String message) {
    errors.add(assertion + ": " + message);
  }
}
