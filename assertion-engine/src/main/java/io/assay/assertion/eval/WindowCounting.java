package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.event.Event;
import io.assay.assertion.rule.ir.Context;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts the units and pairs of events in the windows that a partition has open. */
final class WindowCounting {
  private final WindowRule rule;

  WindowCounting(WindowRule rule) {
    this.rule = rule;
  }

  /** An event, as far as some window that it is in is still open. */
  void count(WindowPart part, Taken taken, Map<String, Object> known, Verdicts out) {
    Event event = taken.event();
    if (part.groups.stream().allMatch(panes -> panes.isLate(event.at(), part.clock))) {
      rule.late(event.at(), 1, out);
      return;
    }
    part.began = Math.min(part.began, event.at());
    try {
      count(part, taken, known, out, new Touched());
    } catch (RuntimeException e) {
      fail(part, e, out);
    }
  }

  /** What has turned out to be true of an event that was counted. */
  void inform(WindowPart part, Informed informed, Verdicts out) {
    try {
      inform(part, informed, false, out, new Touched());
    } catch (RuntimeException e) {
      fail(part, e, out);
    }
  }

  private void fail(WindowPart part, RuntimeException why, Verdicts out) {
    part.failed = true;
    part.groups.forEach(Panes::clear);
    rule.failed(why, out);
  }

  /** In which panes an event was counted. */
  private static final class Touched {
    private final Set<Pane> panes = Collections.newSetFromMap(new IdentityHashMap<>());

    void add(Pane pane) {
      pane.events += panes.add(pane) ? 1 : 0;
    }
  }

  private void count(
      WindowPart part, Taken taken, Map<String, Object> known, Verdicts out, Touched touched) {
    Event event = taken.event();
    if (!rule.truths.isEmpty()) {
      rule.count(event, Tally.SEEN, out);
      inform(part, new Informed(event, Map.of(), known), true, out, touched);
      return;
    }
    boolean pairs = rule.isOfPairs();
    rule.units(
        event,
        tally -> rule.count(event, tally, out),
        segment -> {
          for (Panes panes : part.groups) {
            if (!panes.isLate(event.at(), part.clock)) {
              Pane pane = panes.at(event.at(), segment);
              touched.add(pane);
              if (!pairs) {
                rule.shape.add(pane, rule.scope.frame, version(event));
              }
            }
          }
        });
    part.groups.forEach(Panes::endEvent);
    if (pairs) {
      taken.pairs(rule.assertion().name()).forEach(pair -> count(part, pair));
    }
  }

  /** Adds of each unit what can be said now and could not before; {@code first}: of an event. */
  private void inform(
      WindowPart part, Informed informed, boolean first, Verdicts out, Touched touched) {
    Event event = informed.event();
    Set<String> before = informed.before().keySet();
    Set<String> now = informed.now().keySet();
    AwaitedTruths truths = rule.truths;
    boolean isNew = first || !truths.selects(before);
    if (!truths.selects(now)) {
      return;
    }
    BitSet due = truths.due(before, !isNew, now);
    long whole = truths.isWhole(now) && (isNew || !truths.isWhole(before)) ? 1 : 0;
    truths.bind(informed.now(), rule.scope);
    rule.units(
        event,
        tally -> {
          if (isNew && tally == Tally.PASSED) {
            rule.count(event, tally, out);
          }
        },
        segment -> {
          for (Panes panes : part.groups) {
            if (!panes.isLate(event.at(), part.clock)) {
              Pane pane = panes.at(event.at(), segment);
              rule.shape.add(pane, rule.scope.frame, version(event), due);
              pane.truths += whole;
              if (isNew) {
                pane.units++;
                touched.add(pane);
              }
            }
          }
        });
  }

  /** A pair is in the windows of its later event, as long as it is no longer than they are. */
  private void count(WindowPart part, Taken.Pair pair) {
    Context.Versions versions = rule.assertion().context().versions().orElseThrow();
    Segment segment = rule.bind(pair);
    for (int i = 0; i < part.groups.size(); i++) {
      Panes panes = part.groups.get(i);
      boolean fits = pair.apart() <= versions.reach(rule.groups.get(i).window());
      if (fits && !panes.isLate(pair.at(), part.clock)) {
        rule.shape.add(panes.at(pair.at(), segment), rule.scope.frame, null);
      }
    }
  }

  private @Nullable String version(Event event) {
    return rule.assertion().on().versionOf(event.root()).orElse(null);
  }
}
