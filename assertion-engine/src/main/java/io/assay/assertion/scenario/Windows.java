package io.assay.assertion.scenario;

import io.assay.assertion.eval.Informed;
import io.assay.assertion.eval.Taken;
import io.assay.assertion.eval.TruthJoin;
import io.assay.assertion.eval.TruthState;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.eval.WindowJudge;
import io.assay.assertion.eval.WindowPart;
import io.assay.assertion.eval.WindowState;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Assertions over windows of some streams. A file is one partition: its events come in one order,
 * whatever their keys. A topic's and an archive's events tell of which of its partitions they are.
 */
final class Windows {
  private final List<Windowed> all = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();
  private final List<Awaiting> awaiting = new ArrayList<>();

  private record Windowed(WindowJudge judge, Map<Integer, WindowPart> parts, WindowState state) {
    boolean isOn(StreamType stream) {
      return judge.assertion().on().name().equals(stream.name());
    }

    void count(Taken taken, Map<String, Object> known, Verdicts out) {
      Event event = taken.event();
      int partition = event.source().partition();
      WindowPart part = parts.get(partition);
      if (part == null) {
        part = judge.newPart();
        parts.put(partition, part);
        judge.expect(state, partition, event.received());
      }
      judge.count(part, taken, known, out);
      if (part.clock() >= Math.min(judge.due(part), judge.due(state))) {
        judge.take(state, partition, part, event.received(), out);
        judge.pass(state, event.received(), out);
      }
    }

    void inform(Informed informed, Verdicts out) {
      WindowPart part = parts.get(informed.event().source().partition());
      if (part != null) {
        judge.inform(part, informed, out);
      }
    }

    void finish(Verdicts out) {
      parts.forEach((partition, part) -> judge.take(state, partition, part, Long.MIN_VALUE, out));
      judge.finish(state, out);
    }
  }

  /** What a stream's events wait for. */
  private record Awaiting(StreamType stream, TruthJoin join, TruthState state) {}

  Windows(CheckedRules rules, List<StreamType> streams, String project, Attachments attachments) {
    this(rules, streams, project, attachments, Extent.ALL);
  }

  /** What is over several keys is left out where only some are looked at. */
  Windows(
      CheckedRules rules,
      List<StreamType> streams,
      String project,
      Attachments attachments,
      Extent extent) {
    for (StreamType stream : streams) {
      TruthJoin.of(rules, stream)
          .ifPresent(join -> awaiting.add(new Awaiting(stream, join, join.newState())));
      for (WindowJudge judge : WindowJudge.of(rules, stream, project, new KeptFiles(attachments))) {
        if (extent.keys().isEmpty() || judge.isOfKeys()) {
          all.add(new Windowed(judge, new TreeMap<>(), judge.newState(extent.from())));
        } else {
          leftOut.add(judge.assertion().name());
        }
      }
    }
  }

  /** Assertions whose windows are not judged. */
  List<String> leftOut() {
    return List.copyOf(leftOut);
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** An event that its key's judge has taken. */
  void count(Taken taken, Verdicts out) {
    StreamType stream = taken.event().stream();
    Map<String, Object> known = Map.of();
    for (Awaiting one : awaiting) {
      if (one.stream().name().equals(stream.name())) {
        known = one.join().event(one.state(), taken.event(), out).now();
      }
    }
    for (Windowed windowed : all) {
      if (windowed.isOn(stream)) {
        windowed.count(taken, known, out);
      }
    }
  }

  /** What turned out to be true of an event, before it or after it. */
  void truth(Event truth, Verdicts out) {
    String name = truth.stream().name();
    for (Awaiting one : awaiting) {
      for (Informed informed : one.join().truth(one.state(), truth, out)) {
        for (Windowed windowed : all) {
          if (windowed.isOn(one.stream()) && windowed.judge().awaits(name)) {
            windowed.inform(informed, out);
          }
        }
      }
    }
  }

  /** The recording is over: windows that end up to its last event are. */
  void finish(Verdicts out) {
    awaiting.forEach(one -> one.join().finish(one.state(), out));
    for (Windowed windowed : all) {
      windowed.finish(out);
    }
  }
}
