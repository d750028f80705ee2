package io.assay.assertion.eval;

import io.assay.assertion.event.Event;
import java.util.ArrayList;
import java.util.List;

/** Finds, as events arrive, the pairs of versions that windows count. */
final class ArrivingPairs {
  private final List<Comparing> comparing = new ArrayList<>();
  private final EventSlices slices;
  private final long lateness;

  /** {@code place}: of its memory among those of a key. */
  private record Comparing(int place, CompareJudgement judgement) {}

  ArrivingPairs(List<Judgement> judgements, EventSlices slices, long lateness) {
    this.slices = slices;
    this.lateness = lateness;
    for (int i = 0; i < judgements.size(); i++) {
      if (judgements.get(i) instanceof CompareJudgement compare) {
        comparing.add(new Comparing(i, compare));
      }
    }
  }

  /** Those that an event completes. */
  List<Taken.Pair> of(KeyState state, Event event, Verdicts out) {
    if (comparing.isEmpty()) {
      return List.of();
    }
    List<Taken.Pair> pairs = new ArrayList<>();
    for (Comparing one : comparing) {
      Memory memory = state.memories.get(one.place());
      if (!memory.failed) {
        pairs.addAll(one.judgement().arrived(memory, event, slices, out));
        one.judgement().forgetArrived(memory, state.latest - lateness);
      }
    }
    return pairs;
  }
}
