package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.event.Durations;
import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code absent less than T}: seen, not seen, seen again within T. One violation a gap, at the
 * return.
 *
 * <p>Its unit is the life of an identity: violated by its first gap, held when it ends without one.
 */
final class AbsentJudgement implements Judgement, Following.Lives {
  private final Scope scope;
  private final Bound bound;
  private final Following following;

  AbsentJudgement(CheckedAssertion assertion, Kind.Absent kind, Look.Shared looks) {
    this.scope = new Scope(assertion);
    this.bound = kind.lessThan();
    this.following = new Following(scope, bound, false, looks);
  }

  @Override
  public CheckedAssertion assertion() {
    return scope.assertion;
  }

  @Override
  public void judge(Memory memory, Moment moment) {
    following.step(memory, moment, this);
  }

  @Override
  public void returned(Track track, int element, Object row, Moment moment, long index) {
    if (track.doubtful) {
      moment.undecided(scope.assertion.name(), "", "it may have been there in between");
      return;
    }
    List<Past> gap = moment.history().between(track.lastSequence + 1, moment.now().sequence() - 1);
    if (gap.isEmpty()) {
      return; // all events between told nothing, and are forgotten
    }
    long nanos = moment.now().at() - track.lastAt;
    long events = index - track.lastIndex - 1;
    try {
      bind(track, row, moment, nanos, events);
      double severity = scope.severity();
      if (severity > 0) {
        moment
            .out()
            .violation(finding(track, element, moment, gap, severity, nanos, events).violation());
        if (!track.violated) {
          track.violated = true;
          count(moment, Tally.JUDGED);
          count(moment, Tally.VIOLATED);
        }
      }
    } catch (NoValue e) {
      moment.undecided(scope.assertion.name(), "", e.reason());
    }
  }

  private void bind(Track track, Object row, Moment moment, long nanos, long events) {
    if (scope.assertion.named("before").isPresent()) {
      scope.name("before", lastSeen(track, moment));
    }
    scope.event(moment.row());
    scope.name("after", row);
    scope.name("gap", nanos);
    scope.name("events", events);
    scope.element(row);
    scope.evaluateLets();
  }

  /** The element as it was before the gap; null once its event is forgotten. */
  private @Nullable Object lastSeen(Track track, Moment moment) {
    Past last = moment.history().get(track.lastSequence);
    if (last == null || last.row() == null) {
      return null;
    }
    scope.event(last.row());
    return scope.elements(last.row()).get(track.lastElement);
  }

  private Finding finding(
      Track track,
      int element,
      Moment moment,
      List<Past> gap,
      double severity,
      long nanos,
      long events) {
    List<Finding.Shown> shown = new ArrayList<>();
    Past before = moment.history().get(track.lastSequence);
    if (before != null) {
      shown.add(new Finding.Shown(before, "before", track.lastElement));
    }
    gap.forEach(event -> shown.add(new Finding.Shown(event, "gap", -1)));
    shown.add(new Finding.Shown(moment.now(), "after", element));
    String otherwise =
        "%s: %s was gone for %s (%d event%s)"
            .formatted(
                scope.title(), track.label, Durations.print(nanos), events, events == 1 ? "" : "s");
    List<Violation.Value> values = new ArrayList<>();
    values.add(new Violation.Value("gap", JsonValues.quote(Durations.print(nanos)), false));
    values.add(new Violation.Value("events", Long.toString(events), false));
    values.add(Bounds.threshold("absent less than", bound));
    values.addAll(scope.severityValues());
    return new Finding(
        moment,
        scope,
        "",
        track.subject(),
        track.label,
        gap,
        severity,
        scope.sentence(otherwise),
        values,
        shown);
  }

  @Override
  public void ended(Track track, Moment moment, long index) {
    if (!track.violated) {
      count(moment, Tally.JUDGED);
      count(moment, Tally.HELD);
    }
  }

  /** Of a recording: whoever was seen and did not flicker has held. */
  @Override
  public void finish(Memory memory, Moment last) {
    memory.tracks.values().stream()
        .filter(track -> !track.ended)
        .forEach(track -> ended(track, last, memory.events - 1));
    memory.tracks.clear();
  }

  private void count(Moment moment, Tally tally) {
    moment.count(scope.assertion.name(), "", tally, 1);
  }

  @Override
  public long neededFrom(Memory memory, Past now) {
    long needed = Long.MAX_VALUE;
    for (Track track : memory.tracks.values()) {
      if (!track.ended
          && !Trails.passed(bound, track.lastAt, track.lastIndex, now.at(), memory.events - 1)) {
        needed = Math.min(needed, track.lastSequence);
      }
    }
    return needed;
  }

  @Override
  public void pin(Memory memory, Pins pins) {
    memory.tracks.values().forEach(track -> pins.add(track.lastSequence));
  }
}
