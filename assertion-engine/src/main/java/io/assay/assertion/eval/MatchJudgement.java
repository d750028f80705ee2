package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.eval.term.BoolTerm;
import io.assay.assertion.eval.term.Evidence;
import io.assay.assertion.eval.term.Nearness;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.eval.term.ReferenceTerm;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code match}: what one list has, the others have too. One violation for each element without its
 * partner; the event is the unit.
 *
 * <p>The rows of joined streams are bound before it is asked.
 */
final class MatchJudgement implements Judgement {
  private final Scope scope;
  private final Kind.Match kind;
  private final List<Side> sides;
  private final List<Where> wheres;
  private final List<Line> lines;
  private final Partners partners;

  private record Side(
      Kind.Side side, ReferenceTerm list, Optional<BoolTerm> unmatched, List<BoolTerm> ignores) {}

  private record Where(BoolTerm condition, Nearness near) {}

  private record Line(String name, BoolTerm condition, Evidence evidence, Unmet unmet) {}

  /** An element without its partner. */
  private record Alone(int side, int element, Object row) {}

  MatchJudgement(Scope scope, Kind.Match kind, Partners partners) {
    this.scope = scope;
    this.kind = kind;
    this.partners = partners;
    this.sides = kind.sides().stream().map(this::side).toList();
    this.wheres = kind.pairings().stream().map(this::where).toList();
    this.lines = new ArrayList<>();
    for (Kind.Expectation line : kind.expectations()) {
      String name = line.name().orElse(Integer.toString(lines.size() + 1));
      Evidence evidence = scope.evidence(line.condition());
      lines.add(
          new Line(
              name,
              scope.terms.bool(line.condition()),
              evidence,
              new Unmet(scope, line.name(), line.condition())));
    }
  }

  private Where where(Kind.Pairing pairing) {
    return new Where(
        scope.terms.bool(pairing.where()),
        Nearness.of(
            scope.terms,
            pairing.where(),
            kind.sides().get(pairing.left()).element(),
            kind.sides().get(pairing.right()).element()));
  }

  private Side side(Kind.Side side) {
    if (Evidence.isHidden(scope.terms, side.list())) {
      scope.terms.hide(side.element());
    }
    return new Side(
        side,
        scope.terms.value(side.list()),
        side.unmatched().map(scope.terms::bool),
        side.ignores().stream().map(scope.terms::bool).toList());
  }

  @Override
  public CheckedAssertion assertion() {
    return scope.assertion;
  }

  @Override
  public void judge(Memory memory, Moment moment) {
    count(moment, "", Tally.SEEN);
    scope.event(moment.row());
    switch (scope.passes()) {
      case NO -> {}
      case UNKNOWN -> moment.undecided(scope.assertion.name(), "", scope.unknown());
      case YES -> {
        count(moment, "", Tally.PASSED);
        compare(moment);
      }
    }
  }

  private void compare(Moment moment) {
    List<List<?>> lists = new ArrayList<>();
    try {
      for (Side side : sides) {
        lists.add((List<?>) side.list().value(scope.frame));
      }
    } catch (NoValue e) {
      moment.undecided(scope.assertion.name(), "", e.reason());
      return;
    }
    List<Pairs> pairs = new ArrayList<>();
    for (int i = 0; i < wheres.size(); i++) {
      Kind.Pairing pairing = kind.pairings().get(i);
      Pairs all =
          Pairs.of(
              pairing,
              wheres.get(i).condition(),
              wheres.get(i).near(),
              scope.frame,
              sides.get(pairing.left()).side().element(),
              lists.get(pairing.left()),
              sides.get(pairing.right()).side().element(),
              lists.get(pairing.right()));
      pairs.add(kind.one() ? all.oneToOne() : all);
    }
    lookForThoseAlone(lists, pairs, moment);
    lines.forEach(line -> pairs.forEach(some -> judgePairs(line, some, lists, moment)));
  }

  private void lookForThoseAlone(List<List<?>> lists, List<Pairs> pairs, Moment moment) {
    if (sides.stream().noneMatch(side -> side.side().judged())) {
      return;
    }
    Things things = kind.presentIn().isPresent() ? Things.of(lists, pairs) : null;
    String doubt = "";
    boolean violated = false;
    for (int side = 0; side < sides.size(); side++) {
      List<Alone> alone = new ArrayList<>();
      for (int i = 0; i < lists.get(side).size() && sides.get(side).side().judged(); i++) {
        try {
          boolean lonely =
              things == null
                  ? isAlone(side, i, pairs)
                  : things.isFirst(side, i) && things.sides(side, i) < kind.presentIn().getAsLong();
          if (lonely && counts(side, lists.get(side).get(i))) {
            alone.add(new Alone(side, i, lists.get(side).get(i)));
          }
        } catch (NoValue e) {
          doubt = e.reason();
        }
      }
      violated |= report(alone, moment);
    }
    if (violated || doubt.isEmpty()) {
      count(moment, "", Tally.JUDGED);
      count(moment, "", violated ? Tally.VIOLATED : Tally.HELD);
    } else {
      moment.undecided(scope.assertion.name(), "", doubt);
    }
  }

  /** It needs a partner in each list that its own is held against. */
  private static boolean isAlone(int side, int element, List<Pairs> pairs) {
    boolean doubtful = false;
    for (Pairs some : pairs) {
      if (some.concerns(side) && !some.isMatched(side, element)) {
        if (!some.isDoubtful(side, element)) {
          return true;
        }
        doubtful = true;
      }
    }
    if (doubtful) {
      throw NoValue.missing("whether an element has a partner cannot be told");
    }
    return false;
  }

  private boolean counts(int side, Object element) {
    clearElements();
    scope.frame.setReference(sides.get(side).side().element(), element);
    for (BoolTerm ignore : sides.get(side).ignores()) {
      if (ignore.test(scope.frame)) {
        return false;
      }
    }
    Optional<BoolTerm> wanted = sides.get(side).unmatched();
    return wanted.isEmpty() || wanted.get().test(scope.frame);
  }

  private void clearElements() {
    sides.forEach(side -> scope.frame.clear(side.side().element()));
  }

  private boolean report(List<Alone> alone, Moment moment) {
    boolean violated = false;
    List<Object> rows = alone.stream().map(Alone::row).toList();
    for (Alone one : alone) {
      Kind.Side side = sides.get(one.side()).side();
      clearElements();
      scope.frame.setReference(side.element(), one.row());
      scope.name("side", side.name());
      scope.name("unmatched", rows);
      scope.evaluateLets();
      try {
        double severity = scope.severity();
        if (severity > 0) {
          violated = true;
          moment.out().violation(finding(one, side, rows.size(), severity, moment).violation());
        }
      } catch (NoValue e) {
        moment.undecided(scope.assertion.name(), "", e.reason());
      }
    }
    return violated;
  }

  private Finding finding(Alone one, Kind.Side side, int all, double severity, Moment moment) {
    String label = side.name() + " " + one.element();
    List<Violation.Value> values = new ArrayList<>();
    values.add(new Violation.Value("side", JsonValues.quote(side.name()), false));
    values.add(new Violation.Value("size(unmatched)", Integer.toString(all), false));
    values.addAll(scope.severityValues());
    return new Finding(
            moment,
            scope,
            "",
            side.name() + "[" + one.element() + "]",
            label,
            List.of(moment.now()),
            severity,
            scope.sentence("%s: %s has no partner".formatted(scope.title(), label)),
            values,
            partners.shown(moment, Optional.of(side.row()), one.element()))
        .about(one.row());
  }

  private void judgePairs(Line line, Pairs pairs, List<List<?>> lists, Moment moment) {
    Kind.Side left = sides.get(pairs.pairing.left()).side();
    Kind.Side right = sides.get(pairs.pairing.right()).side();
    for (int i = 0; i < pairs.lefts(); i++) {
      for (int j : pairs.rightsOf(i)) {
        clearElements();
        scope.frame.setReference(left.element(), lists.get(pairs.pairing.left()).get(i));
        scope.frame.setReference(right.element(), lists.get(pairs.pairing.right()).get(j));
        String pair = "%s[%d]-%s[%d]".formatted(left.name(), i, right.name(), j);
        judgePair(line, pair, left, i, moment);
      }
    }
  }

  private void judgePair(Line line, String pair, Kind.Side left, int element, Moment moment) {
    scope.evaluateLets();
    try {
      double severity = line.condition().test(scope.frame) ? 0 : scope.severity();
      if (severity > 0) {
        moment
            .out()
            .violation(
                new Finding(
                        moment,
                        scope,
                        line.name(),
                        pair,
                        pair,
                        List.of(moment.now()),
                        severity,
                        scope.sentence(() -> line.unmet().sentence(pair)),
                        line.evidence().values(scope.frame),
                        partners.shown(moment, Optional.of(left.row()), element))
                    .violation());
      }
      count(moment, line.name(), Tally.JUDGED);
      count(moment, line.name(), severity > 0 ? Tally.VIOLATED : Tally.HELD);
    } catch (NoValue e) {
      moment.undecided(scope.assertion.name(), line.name(), e.reason());
    }
  }

  private void count(Moment moment, String expectation, Tally tally) {
    moment.count(scope.assertion.name(), expectation, tally, 1);
  }
}
