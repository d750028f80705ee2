package io.assay.bench.engine;

import io.assay.assertion.eval.Taken;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.eval.WindowJudge;
import io.assay.assertion.eval.WindowPart;
import io.assay.assertion.eval.WindowState;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.ArrayList;
import java.util.List;

/** Both stages of windows beside each other, each stream of one partition. */
final class Windows {
  private final List<Windowed> all = new ArrayList<>();

  private record Windowed(WindowJudge judge, WindowPart part, WindowState state) {}

  Windows(CheckedRules rules) {
    for (StreamType stream : rules.streams()) {
      for (WindowJudge judge : WindowJudge.of(rules, stream, "bench")) {
        all.add(new Windowed(judge, judge.newPart(), judge.newState()));
      }
    }
  }

  /** Hands on what is counted whenever a window may be over. */
  void count(Taken taken, Verdicts out) {
    Event event = taken.event();
    for (Windowed one : all) {
      if (one.judge().assertion().on().name().equals(event.stream().name())) {
        one.judge().count(one.part(), taken, out);
        if (one.part().clock() >= one.judge().due(one.part())) {
          one.judge().take(one.state(), 0, one.part(), event.received(), out);
        }
      }
    }
  }

  void finish(Verdicts out) {
    for (Windowed one : all) {
      one.judge().take(one.state(), 0, one.part(), Long.MIN_VALUE, out);
      one.judge().finish(one.state(), out);
    }
  }
}
