package io.assay.bench.engine;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.eval.KeyState;
import io.assay.assertion.eval.StreamJudge;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One rule set, its judge, and what it said. */
final class Judging implements Verdicts {
  private final StreamJudge judge;
  private final EventDecoder decoder;
  private final Map<String, Integer> violations = new TreeMap<>();
  private long spoke;
  private boolean speaks;

  Judging(String rules) {
    CheckedRules checked =
        new RuleCompiler()
            .compile(List.of(new SourceFile("street.assay", rules)))
            .rules()
            .orElseThrow();
    judge = StreamJudge.of(checked, checked.streams().getFirst(), "bench");
    decoder = EventDecoder.of(checked.streams().getFirst(), judge.reads());
  }

  StreamJudge judge() {
    return judge;
  }

  /** Violations by assertion since the start. */
  Map<String, Integer> violations() {
    return violations;
  }

  /** How many events had a violation. */
  long spoke() {
    return spoke;
  }

  Event decode(byte[] payload, long offset) {
    Decoded decoded =
        decoder.decode(payload, null, new Coordinates("camera", 0, offset), Long.MIN_VALUE);
    return switch (decoded) {
      case Decoded.Readable readable -> readable.event();
      case Decoded.Unreadable broken -> throw new IllegalStateException(broken.detail());
    };
  }

  void judge(KeyState state, Event event) {
    speaks = false;
    judge.judge(state, event, this);
    spoke += speaks ? 1 : 0;
  }

  /** Frames of so many keys, in turn. */
  List<Event> events(int keys, int frames, int boxes) {
    var street = new StreetFrames(11, boxes);
    List<Event> events = new ArrayList<>(keys * frames);
    for (int frame = 0; frame < frames; frame++) {
      for (int key = 0; key < keys; key++) {
        events.add(decode(street.frame("v" + key, frame), events.size()));
      }
    }
    return events;
  }

  /** CPU time of this thread for each of the events, judged from fresh states, in microseconds. */
  double microsAnEvent(List<Event> events, int keys) {
    List<KeyState> states = new ArrayList<>();
    for (int key = 0; key < keys; key++) {
      states.add(judge.newKey("v" + key));
    }
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int i = 0; i < events.size(); i++) {
      judge(states.get(i % keys), events.get(i));
    }
    long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    return took / 1000.0 / events.size();
  }

  @Override
  public void violation(Violation violation) {
    violations.merge(violation.assertion(), 1, Integer::sum);
    speaks = true;
  }

  @Override
  public void count(String assertion, String expectation, Tally tally, long minute, long by) {}

  @Override
  public void late(Event event, LateReason reason) {
    throw new IllegalStateException("late: " + event);
  }

  @Override
  public void duplicate(Event event) {
    throw new IllegalStateException("came twice: " + event);
  }

  @Override
  public void error(String assertion, String message) {
    throw new IllegalStateException(assertion + ": " + message);
  }
}
