package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One assertion over windows of the stream {@code loans}, judged from some partitions. */
final class WindowTrial implements Verdicts {
  static final String STREAM =
      """
      language 1
      model scorer "credit-risk"
      stream loans from topic "t" {
        model scorer version release
        key   applicant string
        time  at timestamp(millis)
        lateness 10s
        region string?
        age   int?
        score double?
        items list { price double }
      }
      """;

  static final long HOUR = 3_600_000;

  final List<Violation> violations = new ArrayList<>();
  final List<WindowFigures> figures = new ArrayList<>();
  final List<String> reasons = new ArrayList<>();
  final List<String> errors = new ArrayList<>();
  private final Map<String, Long> counts = new HashMap<>();
  private final WindowJudge judge;
  private final EventDecoder decoder;
  private final Map<Integer, WindowPart> parts = new TreeMap<>();
  private WindowState state;
  private long line;

  private WindowTrial(String assertion) {
    CheckedRules rules = rules(STREAM + assertion);
    assertThat(rules.pending()).isEmpty();
    judge = WindowJudge.of(rules, rules.streams().getFirst(), "default").getFirst();
    decoder = EventDecoder.of(rules.streams().getFirst(), Set.copyOf(reads(rules)));
    state = judge.newState();
  }

  private static Set<String> reads(CheckedRules rules) {
    return StreamJudge.of(rules, rules.streams().getFirst(), "default").reads();
  }

  static CheckedRules rules(String text) {
    Compilation compiled = new RuleCompiler().compile(List.of(new SourceFile("test.assay", text)));
    return compiled.rules().orElseThrow(() -> new AssertionError(compiled.issues()));
  }

  static WindowTrial of(String assertion) {
    return new WindowTrial(assertion);
  }

  /** Counts an event in the only partition, hands on, and judges. */
  WindowTrial event(long millis, String fields) {
    return count(0, millis, fields).handOn(0, millis);
  }

  WindowTrial count(int partition, long millis, String fields) {
    return count(partition, millis, millis, fields);
  }

  WindowTrial count(int partition, long millis, long received, String fields) {
    judge.count(part(partition), Taken.alone(decoded(millis, received, fields)), this);
    return this;
  }

  /** A partition begins to count in the midst of the stream. */
  WindowTrial midway(int partition, long lastMillis, long nowMillis) {
    var midway = new Midway(lastMillis * 1_000_000, nowMillis * 1_000_000);
    parts.put(partition, judge.newPart(midway));
    return this;
  }

  private WindowPart part(int partition) {
    return parts.computeIfAbsent(partition, unused -> judge.newPart());
  }

  private Event decoded(long millis, long received, String fields) {
    String items = fields.contains("\"items\":") ? "" : ",\"items\":[]";
    String json = "{\"applicant\":\"p\",\"at\":%d%s%s}".formatted(millis, items, fields(fields));
    Decoded decoded =
        decoder.decode(
            json.getBytes(StandardCharsets.UTF_8),
            null,
            new Coordinates("t", 0, line++),
            received * 1_000_000);
    return ((Decoded.Readable) decoded).event();
  }

  private static String fields(String fields) {
    return fields.isEmpty() ? "" : "," + fields;
  }

  WindowTrial handOn(int partition, long received) {
    judge.take(state, partition, part(partition), received * 1_000_000, this);
    return pass(received);
  }

  WindowTrial expect(int partition, long received) {
    judge.expect(state, partition, received * 1_000_000);
    return this;
  }

  WindowTrial pass(long received) {
    judge.pass(state, received * 1_000_000, this);
    return this;
  }

  /** A part is stored, handed on as bytes, and the state is stored and restored. */
  void handOnAsBytes(int partition, long received) {
    WindowPart part = part(partition);
    byte[] bytes = judge.snapshot(part);
    assertThat(judge.snapshot(judge.restorePart(bytes))).isEqualTo(bytes);
    List<byte[]> pieces = judge.handOn(part, received % 2 == 0 ? Integer.MAX_VALUE : 200);
    parts.put(partition, judge.restorePart(judge.snapshot(part)));
    for (byte[] piece : pieces) {
      judge.take(state, partition, judge.restorePart(piece), received * 1_000_000, this);
      restore();
    }
  }

  void restore() {
    byte[] stored = judge.snapshot(state);
    state = judge.restoreState(stored);
    assertThat(judge.snapshot(state)).isEqualTo(stored);
  }

  WindowTrial finish() {
    judge.finish(state, this);
    return this;
  }

  int stored() {
    return bytes().length;
  }

  byte[] bytes() {
    return judge.snapshot(state);
  }

  List<String> canonical() {
    return violations.stream()
        .map(violation -> new String(ViolationJson.write(violation), StandardCharsets.UTF_8))
        .toList();
  }

  /** Of the evidence of a violation. */
  String value(int violation, String expression) {
    return violations.get(violation).values().stream()
        .filter(value -> value.expression().equals(expression))
        .map(Violation.Value::value)
        .findFirst()
        .orElseThrow(() -> new AssertionError(violations.get(violation).values()));
  }

  double number(int violation, String expression) {
    return Double.parseDouble(value(violation, expression));
  }

  long count(Tally tally) {
    return counts.getOrDefault(tally.name(), 0L);
  }

  @Override
  public void violation(Violation violation) {
    violations.add(violation);
  }

  @Override
  public void count(String assertion, String expectation, Tally tally, long minute, long by) {
    counts.merge(tally.name(), by, Long::sum);
  }

  @Override
  public void undecided(String assertion, String expectation, long at, String reason) {
    reasons.add(reason);
  }

  @Override
  public boolean takesFigures() {
    return true;
  }

  @Override
  public void figures(WindowFigures window) {
    figures.add(window);
  }

  @Override
  public void late(Event event, LateReason reason) {}

  @Override
  public void duplicate(Event event) {}

  @Override
  public void error(String assertion, String message) {
    errors.add(message);
  }
}
