package io.assay.assertion.eval;

import io.assay.assertion.Violation;
import io.assay.assertion.eval.term.Evidence;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.eval.term.Printing;
import io.assay.assertion.eval.term.ReferenceTerm;
import io.assay.assertion.event.Type;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code consistent ATTRIBUTE within T}: all sightings within T agree.
 *
 * <p>A sighting disagrees when any within T before it has another value. The first that does is the
 * violation; those that follow belong to its episode, until T has passed without one.
 */
final class ConsistentJudgement implements TrailJudgement {
  private final Scope scope;
  private final Kind.Consistent kind;
  private final Agreement agreement;
  private final ReferenceTerm attribute;
  private final Type type;
  private final boolean hidden;
  private final Following following;
  private final Units units;

  ConsistentJudgement(CheckedAssertion assertion, Kind.Consistent kind, Look.Shared looks) {
    this.scope = new Scope(assertion);
    this.kind = kind;
    this.agreement = new Agreement(kind);
    this.attribute = scope.terms.value(kind.attribute());
    this.type = kind.attribute().type();
    this.hidden = Evidence.isHidden(scope.terms, kind.attribute());
    if (hidden) {
      assertion.named("from").ifPresent(scope.terms::hide);
      assertion.named("to").ifPresent(scope.terms::hide);
    }
    this.following = new Following(scope, kind.within(), false, looks);
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
    return new Reach(Optional.of(kind.within()), now, memory.events);
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
    try {
      judge(track, element, Trails.value(attribute, scope), moment, index);
    } catch (NoValue e) {
      units.undecided(moment, e.reason());
    }
  }

  private void judge(Track track, int element, Object value, Moment moment, long index) {
    Past now = moment.now();
    Trail.Recent recent = track.trail instanceof Trail.Recent known ? known : new Trail.Recent();
    track.trail = recent;
    Values values = recent.values;
    while (values.size() > 0
        && !Trails.within(kind.within(), values.at(0), values.index(0), now.at(), index)) {
      values.removeFirst();
    }
    int other = lastThatDisagrees(values, value);
    values.add(now.at(), index, now.sequence(), element, value);
    values.keep(Values.MOST);
    if (other < 0) {
      units.held(moment);
    } else if (Trails.opens(recent.episode, kind.within(), now.at(), index)) {
      violated(track, element, values, other, moment);
    }
  }

  private int lastThatDisagrees(Values values, Object value) {
    int last = values.size() - 1;
    boolean goesOn = last >= 0 && values.value(last).equals(value);
    for (int i = goesOn ? last - values.alike() : last; i >= 0; i--) {
      if (!agreement.agree(values.value(i), value)) {
        return i;
      }
    }
    return -1;
  }

  private void violated(Track track, int element, Values values, int other, Moment moment) {
    int count = values.size();
    double majority = (double) agreement.majority(values) / count;
    scope.boxed("from", values.value(other));
    scope.boxed("to", values.value(count - 1));
    scope.name("count", count);
    scope.boxed("minority", 1 - majority);
    scope.boxed("majority", majority);
    scope.evaluateLets();
    double severity = scope.severity();
    if (severity > 0) {
      units.violated(track, moment);
      Shares shares = new Shares(count, majority);
      moment
          .out()
          .violation(finding(track, element, values, other, shares, moment, severity).violation());
    } else {
      units.held(moment);
    }
  }

  private record Shares(int count, double majority) {}

  private Finding finding(
      Track track,
      int element,
      Values values,
      int other,
      Shares shares,
      Moment moment,
      double severity) {
    List<Finding.Shown> shown = new ArrayList<>();
    for (int i = 0; i < values.size() - 1; i++) {
      Past past = moment.history().get(values.sequence(i));
      if (past != null) {
        shown.add(new Finding.Shown(past, "before", values.element(i)));
      }
    }
    shown.add(new Finding.Shown(moment.now(), "at", element));
    String from = shown(values.value(other));
    String to = shown(values.value(values.size() - 1));
    String otherwise = "%s: %s was %s, then %s".formatted(scope.title(), track.label, from, to);
    List<Violation.Value> found = new ArrayList<>();
    found.add(new Violation.Value("from", JsonValues.quote(from), false));
    found.add(new Violation.Value("to", JsonValues.quote(to), false));
    found.add(new Violation.Value("count", Integer.toString(shares.count()), false));
    found.add(
        new Violation.Value(
            "majority", Printing.print(Type.Basic.RATIO, shares.majority()), false));
    found.add(Bounds.threshold("within", kind.within()));
    kind.tolerance()
        .ifPresent(
            most -> found.add(new Violation.Value("tolerance", Double.toString(most), true)));
    found.addAll(scope.severityValues());
    return new Finding(
        moment,
        scope,
        "",
        track.subject(),
        track.label,
        moment.history().between(values.sequence(other), moment.now().sequence()),
        severity,
        scope.sentence(otherwise),
        found,
        shown);
  }

  private String shown(Object value) {
    String text = Printing.print(type, value);
    return hidden ? Evidence.masked(text) : text;
  }
}
