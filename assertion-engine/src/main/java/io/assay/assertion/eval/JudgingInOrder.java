package io.assay.assertion.eval;

import io.assay.assertion.event.Event;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.CheckedAssertion;
import java.util.List;
import java.util.function.Consumer;

/**
 * Judges a key by all assertions: its events, once none before them can come any more, and time
 * that passes without any. Each assertion has its own {@link Memory} of the key and fails alone.
 */
final class JudgingInOrder {
  private final StreamType stream;
  private final List<Judgement> judgements;
  private final List<Bound> quiet;
  private final Outcomes outcomes;
  private final EventSlices slices;
  private final Forgetting forgetting;

  /** Events are of many keys. */
  private final boolean wide;

  private final Episodes.Telling telling = new Episodes.Telling();
  private Costs costs = Costs.unmeasured();

  JudgingInOrder(
      StreamType stream,
      List<Judgement> judgements,
      Outcomes outcomes,
      EventSlices slices,
      boolean wide) {
    this.stream = stream;
    this.slices = slices;
    this.judgements = List.copyOf(judgements);
    this.quiet = judgements.stream().map(j -> Episodes.quiet(j.assertion())).toList();
    this.outcomes = outcomes;
    this.forgetting = new Forgetting(this.judgements);
    this.wide = wide;
  }

  List<CheckedAssertion> assertions() {
    return judgements.stream().map(Judgement::assertion).toList();
  }

  int size() {
    return judgements.size();
  }

  /** What assertions said of the event judged last, as far as others wait for them. */
  Outcomes outcomes() {
    return outcomes;
  }

  /** From now on it is measured what assertions cost. */
  void measure(Costs to) {
    costs = to;
  }

  /** {@code ordered} is told of the event when all have judged it. */
  void judge(KeyState state, Event event, Verdicts out, Consumer<Past> ordered) {
    state.ordinal = event.at() == state.judged && !wide ? state.ordinal + 1 : 0;
    state.judged = event.at();
    Past now =
        new Past(
            state.history.next(),
            event.declaredId(),
            wide ? new EventNames(stream.name(), event.key()) : state.names,
            event.at(),
            state.ordinal,
            event.source(),
            stream.versionOf(event.root()).orElse(null),
            event.root());
    state.history.add(now);
    outcomes.begin(out);
    telling.to(outcomes.nobodyWaits() ? out : outcomes);
    Moment moment = new Moment(state, now, event.problems(), slices, telling);
    boolean measured = costs.begin();
    for (int i = 0; i < judgements.size(); i++) {
      Memory memory = state.memories.get(i);
      Judgement judgement = judgements.get(i);
      telling.of(memory, quiet.get(i), now.at(), now.sequence());
      if (memory.failed) {
        outcomes.failed(judgement.assertion().name());
      } else if (measured) {
        long before = costs.now();
        judge(judgement, memory, moment);
        costs.took(judgement.assertion().name(), costs.now() - before);
      } else {
        judge(judgement, memory, moment);
      }
    }
    forgetting.forget(state, now);
    ordered.accept(now);
  }

  /** No event came up to a time. */
  void pass(KeyState state, long clock, Verdicts out) {
    Past last = state.history.get(state.history.next() - 1);
    if (last == null) {
      return;
    }
    telling.to(out);
    Moment moment = new Moment(state, last, List.of(), slices, telling);
    for (int i = 0; i < judgements.size(); i++) {
      Memory memory = state.memories.get(i);
      if (!memory.failed && judgements.get(i).due(memory) < clock) {
        telling.of(memory, quiet.get(i), last.at(), last.sequence());
        pass(judgements.get(i), memory, moment, clock);
      }
    }
  }

  /** Up to which time none need come to decide anything; the largest there is for any. */
  long due(KeyState state) {
    long due = Long.MAX_VALUE;
    for (int i = 0; i < judgements.size(); i++) {
      Memory memory = state.memories.get(i);
      if (!memory.failed) {
        due = Math.min(due, judgements.get(i).due(memory));
      }
    }
    return due;
  }

  /** The recording is over: judges what only an end can tell. */
  void finish(KeyState state, Verdicts out) {
    Past last = state.history.get(state.history.next() - 1);
    if (last == null) {
      return;
    }
    telling.to(out);
    Moment moment = new Moment(state, last, List.of(), slices, telling);
    for (int i = 0; i < judgements.size(); i++) {
      telling.of(state.memories.get(i), quiet.get(i), last.at(), last.sequence());
      if (!state.memories.get(i).failed) {
        judgements.get(i).finish(state.memories.get(i), moment);
      }
    }
  }

  private static void pass(Judgement judgement, Memory memory, Moment moment, long clock) {
    try {
      judgement.passed(memory, moment, clock);
    } catch (RuntimeException e) {
      fail(judgement, memory, moment, e);
    }
  }

  private static void judge(Judgement judgement, Memory memory, Moment moment) {
    try {
      judgement.judge(memory, moment);
    } catch (RuntimeException e) {
      fail(judgement, memory, moment, e);
    }
  }

  /** An assertion's failure is its own: it judges no more, and the others do. */
  private static void fail(Judgement judgement, Memory memory, Moment moment, RuntimeException e) {
    memory.failed = true;
    memory.tracks.clear();
    moment.failed(judgement.assertion().name(), e);
  }
}
