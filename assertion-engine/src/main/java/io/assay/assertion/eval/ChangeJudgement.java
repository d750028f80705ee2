package io.assay.assertion.eval;

import io.assay.assertion.Violation;
import io.assay.assertion.eval.term.Evidence;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.eval.term.Printing;
import io.assay.assertion.eval.term.ReferenceTerm;
import io.assay.assertion.event.Durations;
import io.assay.assertion.event.None;
import io.assay.assertion.event.Type;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Local;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code change EXPR at most X per D}: from one sighting to the next. Two sightings of one instant
 * may not differ at all.
 */
final class ChangeJudgement implements TrailJudgement {
  private final Scope scope;
  private final Kind.Change kind;
  private final ReferenceTerm value;
  private final Type type;
  private final double limit;
  private final boolean paired;
  private final boolean hidden;
  private final Evidence evidence;
  private final Following following;
  private final Units units;
  private final Optional<Local> previous;

  ChangeJudgement(CheckedAssertion assertion, Kind.Change kind, Look.Shared looks) {
    this.scope = new Scope(assertion);
    this.kind = kind;
    this.value = scope.terms.value(kind.value());
    this.type = kind.value().type();
    this.limit = ((Number) kind.limit().value()).doubleValue();
    this.previous = assertion.named("previous");
    this.paired = kind.previous().isPresent();
    this.hidden = Evidence.isHidden(scope.terms, kind.value());
    if (hidden) {
      assertion.named("value").ifPresent(scope.terms::hide);
    }
    this.evidence = scope.evidence(kind.value());
    this.following = new Following(scope, Trails.atLeastAMinute(kind.perNanos()), false, looks);
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
    return new Reach(Optional.empty(), now, memory.events);
  }

  @Override
  public void judge(Memory memory, Moment moment) {
    following.step(memory, moment, this);
  }

  @Override
  public void sighted(
      Track track, int element, Object row, boolean starts, Moment moment, long index) {
    Past now = moment.now();
    Trail.Last last = track.trail instanceof Trail.Last before ? before : null;
    scope.event(moment.row());
    scope.element(row);
    @Nullable Object own = null;
    try {
      own = paired ? None.NULL : Trails.value(value, scope);
      if (last != null && last.value == null) {
        units.undecided(moment, "the sighting before had no value");
      } else if (last != null) {
        judge(track, element, row, last, own, moment);
      }
    } catch (NoValue e) {
      units.undecided(moment, e.reason());
    }
    see(track, last, own, now, element);
  }

  private static void see(
      Track track, Trail.@Nullable Last last, @Nullable Object own, Past now, int element) {
    Trail.Last trail = last == null ? new Trail.Last() : last;
    trail.see(own, now, element);
    if (last == null) {
      track.trail = trail;
    }
  }

  private void judge(
      Track track, int element, Object row, Trail.Last last, Object own, Moment moment) {
    long elapsed = moment.now().at() - last.at;
    bindPrevious(last, row, moment);
    Object size = paired ? Trails.value(value, scope) : difference(own, last);
    double allowed = limit * elapsed / kind.perNanos();
    if (((Number) size).doubleValue() <= allowed) {
      units.held(moment);
      return;
    }
    scope.boxed("value", size);
    scope.name("elapsed", elapsed);
    scope.evaluateLets();
    double severity = scope.severity();
    if (severity > 0) {
      units.violated(track, moment);
      moment
          .out()
          .violation(finding(track, element, last, size, elapsed, moment, severity).violation());
    } else {
      units.held(moment);
    }
  }

  /** Binds what was seen last, then what is seen now. */
  private void bindPrevious(Trail.Last last, Object row, Moment moment) {
    if (previous.isEmpty()) {
      return;
    }
    Past past = moment.history().get(last.sequence);
    Optional<Object> element = scope.elementOf(past, last.element);
    if (element.isPresent()) {
      scope.bind(previous.get(), element.get());
    } else {
      scope.frame.clear(previous.get());
    }
    scope.event(moment.row());
    scope.element(row);
    scope.evaluateLets();
  }

  private Object difference(Object own, Trail.Last last) {
    if (own instanceof Long whole && last.value instanceof Long before) {
      return Math.absExact(Math.subtractExact(whole, before));
    }
    double before = last.value instanceof Number number ? number.doubleValue() : Double.NaN;
    return Math.abs(((Number) own).doubleValue() - before);
  }

  private Finding finding(
      Track track,
      int element,
      Trail.Last last,
      Object size,
      long elapsed,
      Moment moment,
      double severity) {
    List<Finding.Shown> shown = new ArrayList<>();
    List<Past> span = new ArrayList<>();
    Past before = moment.history().get(last.sequence);
    if (before != null) {
      shown.add(new Finding.Shown(before, "before", last.element));
      span.add(before);
    }
    shown.add(new Finding.Shown(moment.now(), "at", element));
    span.add(moment.now());
    String text = Printing.print(type, size);
    String changed = hidden ? Evidence.masked(text) : text;
    String most = Printing.print(kind.limit().type(), kind.limit().value());
    String otherwise =
        "%s: %s changed by %s in %s"
            .formatted(scope.title(), track.label, changed, Durations.print(elapsed));
    List<Violation.Value> values = new ArrayList<>();
    values.add(new Violation.Value("value", JsonValues.quote(changed), false));
    values.add(new Violation.Value("elapsed", JsonValues.quote(Durations.print(elapsed)), false));
    values.add(
        new Violation.Value(
            "at most", JsonValues.quote(most + " per " + Durations.print(kind.perNanos())), true));
    values.addAll(evidence.values(scope.frame));
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
}
