package io.assay.assertion.eval;

import io.assay.assertion.Violation;
import io.assay.assertion.eval.term.Evidence;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.eval.term.Printing;
import io.assay.assertion.eval.term.ReferenceTerm;
import io.assay.assertion.event.Type;
import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code returns}: A-B-A. Decided at the first sighting with A again; the span is B's. Overlapping
 * ones each count: A-B-A-B has two.
 *
 * <p>A sighting whose value is missing could be A, B or neither: what came before it is no longer
 * held against what comes after.
 */
final class ReturnsJudgement implements TrailJudgement {
  private final Scope scope;
  private final Kind.Returns kind;
  private final ReferenceTerm attribute;
  private final Type type;
  private final boolean hidden;
  private final Following following;
  private final Units units;

  ReturnsJudgement(CheckedAssertion assertion, Kind.Returns kind, Look.Shared looks) {
    this.scope = new Scope(assertion);
    this.kind = kind;
    this.attribute = scope.terms.value(kind.attribute());
    this.type = kind.attribute().type();
    this.hidden = Evidence.isHidden(scope.terms, kind.attribute());
    if (hidden) {
      assertion.named("from").ifPresent(scope.terms::hide);
      assertion.named("to").ifPresent(scope.terms::hide);
    }
    this.following = new Following(scope, Trails.orAMinute(kind.within()), false, looks);
    this.units = new Units(scope, following);
  }

  @Override
  public CheckedAssertion assertion() {
    return scope.assertion;
  }

  @Override
  public Units units() {
    return units;
  }

  @Override
  public Reach reach(Memory memory, Past now) {
    return new Reach(kind.within(), now, memory.events);
  }

  @Override
  public void judge(Memory memory, Moment moment) {
    following.step(memory, moment, this);
  }

  @Override
  public void sighted(
      Track track, int element, Object row, boolean starts, Moment moment, long index) {
    scope.event(moment.row());
    scope.element(row);
    Object value;
    try {
      value = Trails.value(attribute, scope);
    } catch (NoValue e) {
      track.trail = null;
      units.undecided(moment, e.reason());
      return;
    }
    if (track.doubtful) {
      track.trail = null;
    }
    Past now = moment.now();
    if (track.trail instanceof Trail.Stretches before && before.now.value.equals(value)) {
      before.now.grow(now.at(), index, now.sequence(), element);
      dropOutOfReach(before);
      units.held(moment);
      return;
    }
    Trail.Stretch here = new Trail.Stretch(value, now.sequence(), element);
    here.grow(now.at(), index, now.sequence(), element);
    if (track.trail instanceof Trail.Stretches before) {
      changed(track, element, before, here, moment);
      track.trail = new Trail.Stretches(before.now, here);
    } else {
      track.trail = new Trail.Stretches(null, here);
      units.held(moment);
    }
  }

  private void changed(
      Track track, int element, Trail.Stretches before, Trail.Stretch here, Moment moment) {
    Trail.Stretch first = before.earlier;
    if (first == null || !first.value.equals(here.value) || !inBounds(first, before.now, here)) {
      units.held(moment);
      return;
    }
    try {
      bind(first, before.now);
      double severity = scope.severity();
      if (severity > 0) {
        units.violated(track, moment);
        moment
            .out()
            .violation(finding(track, element, first, before.now, moment, severity).violation());
      } else {
        units.held(moment);
      }
    } catch (NoValue e) {
      units.undecided(moment, e.reason());
    }
  }

  /** What came before is kept while a return to it would still be in bounds. */
  private void dropOutOfReach(Trail.Stretches stretches) {
    if (stretches.earlier != null && !inBounds(stretches.earlier, stretches.now, stretches.now)) {
      stretches.earlier = null;
    }
  }

  private boolean inBounds(Trail.Stretch first, Trail.Stretch between, Trail.Stretch here) {
    boolean soon =
        kind.within().isEmpty()
            || Trails.within(
                kind.within().get(), first.lastAt, first.lastIndex, here.lastAt, here.lastIndex);
    return soon
        && (kind.throughEvents().isEmpty() || between.count <= kind.throughEvents().getAsLong());
  }

  private void bind(Trail.Stretch first, Trail.Stretch between) {
    scope.boxed("from", first.value);
    scope.boxed("to", between.value);
    scope.name("count", between.count);
    double all = first.count + between.count + 1.0;
    scope.boxed("minority", Math.min(between.count, first.count + 1) / all);
    scope.boxed("majority", Math.max(between.count, first.count + 1) / all);
    scope.evaluateLets();
  }

  private Finding finding(
      Track track,
      int element,
      Trail.Stretch first,
      Trail.Stretch between,
      Moment moment,
      double severity) {
    List<Past> span = moment.history().between(between.firstSequence, between.lastSequence);
    List<Finding.Shown> shown = new ArrayList<>();
    Past before = moment.history().get(first.lastSequence);
    if (before != null) {
      shown.add(new Finding.Shown(before, "before", first.lastElement));
    }
    for (Past past : span) {
      shown.add(new Finding.Shown(past, "gap", elementIn(past, between)));
    }
    shown.add(new Finding.Shown(moment.now(), "after", element));
    String from = shown(first.value);
    String to = shown(between.value);
    String otherwise =
        "%s: %s was %s, then %s %d time%s, then %s again"
            .formatted(
                scope.title(),
                track.label,
                from,
                to,
                between.count,
                between.count == 1 ? "" : "s",
                from);
    List<Violation.Value> values = new ArrayList<>();
    values.add(new Violation.Value("from", JsonValues.quote(from), false));
    values.add(new Violation.Value("to", JsonValues.quote(to), false));
    values.add(new Violation.Value("count", Long.toString(between.count), false));
    kind.within().ifPresent(bound -> values.add(Bounds.threshold("within", bound)));
    kind.throughEvents()
        .ifPresent(most -> values.add(Bounds.threshold("through at most", new Bound.Events(most))));
    values.addAll(scope.severityValues());
    return new Finding(
        moment,
        scope,
        "",
        track.subject(),
        track.label,
        span,
        severity,
        scope.sentence(otherwise),
        values,
        shown);
  }

  /** Of a stretch the elements at its ends are remembered. */
  private static int elementIn(Past past, Trail.Stretch stretch) {
    if (past.sequence() == stretch.firstSequence) {
      return stretch.firstElement;
    }
    return past.sequence() == stretch.lastSequence ? stretch.lastElement : -1;
  }

  private String shown(Object value) {
    String text = Printing.print(type, value);
    return hidden ? Evidence.masked(text) : text;
  }
}
