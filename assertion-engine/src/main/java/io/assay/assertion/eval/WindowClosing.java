package io.assay.assertion.eval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Judges the windows of all partitions that are over, and closes them. */
final class WindowClosing {
  private final WindowRule rule;
  private final WindowJudgement judgement;

  WindowClosing(WindowRule rule, WindowJudgement judgement) {
    this.rule = rule;
    this.judgement = judgement;
  }

  private record Due(WindowRule.Group group, Panes panes, Panes.Ending ending) {}

  /**
   * Up to a time of the stream. {@code ended}: events of this instant do not come any more, either.
   */
  void advance(WindowState state, long clock, boolean ended, Verdicts out) {
    if (state.failed || clock < state.closed || (clock == state.closed && !ended)) {
      return;
    }
    try {
      for (Due one : due(state, clock, ended)) {
        judgement.judge(
            one.group(),
            state.seen(one.ending().window().get(), one.group()),
            new WindowJudgement.Known(
                one.panes(),
                one.group().reach(),
                state.began,
                ended ? clock - rule.truths.longest() : clock,
                state.episodes,
                out));
      }
      state.closed = clock;
      state.groups.forEach(panes -> panes.forget(clock));
      state.episodes.forget(clock);
    } catch (RuntimeException e) {
      state.fail();
      rule.failed(e, out);
    }
  }

  /**
   * Tells what is estimated of windows that are over by a time of the stream, but whose truths may
   * still come; each once, as long as the state stays in memory.
   */
  void estimate(WindowState state, long events, Verdicts out) {
    long from = Math.max(state.closed, state.estimated);
    if (state.failed || events <= from || state.closed == Long.MIN_VALUE) {
      return;
    }
    for (int i = 0; i < state.groups.size(); i++) {
      WindowRule.Group group = rule.groups.get(i);
      // Other windows are gone once they have been asked for.
      if (state.groups.get(i) instanceof AlignedPanes panes) {
        for (Panes.Ending ending : panes.close(from, events, false)) {
          judgement.estimate(group, state.seen(ending.window().get(), group), out);
        }
      }
    }
    state.estimated = events;
  }

  /** In the order of their ends; trailing windows after the others of the same end. */
  private List<Due> due(WindowState state, long clock, boolean ended) {
    List<Due> due = new ArrayList<>();
    for (int i = 0; i < state.groups.size(); i++) {
      Panes panes = state.groups.get(i);
      WindowRule.Group group = rule.groups.get(i);
      panes
          .close(state.closed, clock, ended)
          .forEach(ending -> due.add(new Due(group, panes, ending)));
    }
    due.sort(
        Comparator.comparingLong((Due one) -> one.ending().end())
            .thenComparing(one -> one.panes() instanceof TrailingPanes));
    return due;
  }
}
