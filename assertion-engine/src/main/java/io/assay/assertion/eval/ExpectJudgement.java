package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.eval.term.BoolTerm;
import io.assay.assertion.eval.term.Evidence;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code expect}: what must hold of every event, or of every element; each line for itself. */
final class ExpectJudgement implements Judgement {
  private final Scope scope;
  private final Partners partners;
  private final List<Expected> expected = new ArrayList<>();

  private record Expected(String name, BoolTerm condition, Evidence evidence, Unmet unmet) {}

  ExpectJudgement(CheckedAssertion assertion, Kind.Expect kind) {
    this(new Scope(assertion), kind, Partners.NONE);
  }

  /** With the rows of joined streams bound before it is asked. */
  ExpectJudgement(Scope scope, Kind.Expect kind, Partners partners) {
    this.scope = scope;
    this.partners = partners;
    int number = 0;
    for (Kind.Expectation line : kind.expectations()) {
      number++;
      if (line.window().isPresent()) {
        continue;
      }
      String name = line.name().orElse(Integer.toString(number));
      expected.add(
          new Expected(
              name,
              scope.terms.bool(line.condition()),
              scope.evidence(line.condition()),
              new Unmet(scope, line.name(), line.condition())));
    }
  }

  @Override
  public CheckedAssertion assertion() {
    return scope.assertion;
  }

  @Override
  public void judge(Memory memory, Moment moment) {
    count(moment, "", Tally.SEEN);
    scope.event(moment.row());
    List<?> elements;
    try {
      elements = scope.elements(moment.row());
    } catch (NoValue e) {
      expected.forEach(line -> undecided(moment, line, e.reason()));
      return;
    }
    boolean each = scope.assertion.each().isPresent();
    for (int i = 0; i < elements.size(); i++) {
      scope.element(elements.get(i));
      judgeUnit(moment, each ? i : -1);
    }
  }

  private void judgeUnit(Moment moment, int element) {
    switch (scope.passes()) {
      case NO -> {}
      case UNKNOWN -> expected.forEach(line -> undecided(moment, line, scope.unknown()));
      case YES -> {
        count(moment, "", Tally.PASSED);
        expected.forEach(line -> judgeLine(line, moment, element));
      }
    }
  }

  private void judgeLine(Expected line, Moment moment, int element) {
    try {
      boolean holds = line.condition().test(scope.frame);
      double severity = holds ? 0 : scope.severity();
      if (severity > 0) {
        moment.out().violation(finding(line, moment, element, severity).violation());
      }
      count(moment, line.name(), Tally.JUDGED);
      count(moment, line.name(), severity > 0 ? Tally.VIOLATED : Tally.HELD);
    } catch (NoValue e) {
      undecided(moment, line, e.reason());
    }
  }

  private Finding finding(Expected line, Moment moment, int element, double severity) {
    String label = element < 0 ? "event" : "element " + element;
    return new Finding(
        moment,
        scope,
        line.name(),
        element < 0 ? "" : "[" + element + "]",
        label,
        List.of(moment.now()),
        severity,
        scope.sentence(() -> line.unmet().sentence(element < 0 ? "the event" : label)),
        line.evidence().values(scope.frame),
        partners.shown(moment, Optional.empty(), element));
  }

  private void undecided(Moment moment, Expected line, String reason) {
    moment.undecided(scope.assertion.name(), line.name(), reason);
  }

  private void count(Moment moment, String expectation, Tally tally) {
    moment.count(scope.assertion.name(), expectation, tally, 1);
  }
}
