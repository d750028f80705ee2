package io.assay.assertion.scenario;

import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.eval.WindowJudge;
import io.assay.assertion.eval.WindowPart;
import io.assay.assertion.eval.WindowState;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.ArrayList;
import java.util.List;

/**
 * Assertions over windows of some streams. A recording is one partition: its events come in one
 * order, whatever their keys.
 */
final class Windows {
  private static final int PARTITION = 0;

  private final List<Windowed> all = new ArrayList<>();

  private record Windowed(WindowJudge judge, WindowPart part, WindowState state) {
    boolean isOn(StreamType stream) {
      return judge.assertion().on().name().equals(stream.name());
    }

    void count(Event event, Verdicts out) {
      judge.count(part, event, out);
      if (part.clock() >= Math.min(judge.due(part), judge.due(state))) {
        take(event.received(), out);
      }
    }

    void take(long received, Verdicts out) {
      judge.take(state, PARTITION, part, received, out);
    }
  }

  Windows(CheckedRules rules, List<StreamType> streams, String project) {
    for (StreamType stream : streams) {
      for (WindowJudge judge : WindowJudge.of(rules, stream, project)) {
        all.add(new Windowed(judge, judge.newPart(), judge.newState()));
      }
    }
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** An event that its key's judge has taken. */
  void count(Event event, Verdicts out) {
    for (Windowed windowed : all) {
      if (windowed.isOn(event.stream())) {
        windowed.count(event, out);
      }
    }
  }

  /** The recording is over: windows that end up to its last event are. */
  void finish(Verdicts out) {
    for (Windowed windowed : all) {
      windowed.take(Long.MAX_VALUE, out);
      windowed.judge().finish(windowed.state(), out);
    }
  }
}
