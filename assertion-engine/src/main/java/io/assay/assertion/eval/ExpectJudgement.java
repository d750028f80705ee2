package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Kind;
import java.util.List;
import java.util.Optional;

/** {@code expect}: what must hold of every event, or of every element; each line for itself. */
final class ExpectJudgement implements Judgement {
  private final Scope scope;
  private final Partners partners;
  private final ExpectLines lines;

  /** Made once: an event asks it of each of its elements. */
  private final ExpectLines.Telling telling;

  ExpectJudgement(CheckedAssertion assertion, Kind.Expect kind) {
    this(new Scope(assertion), kind, Partners.NONE);
  }

  /** With the rows of joined streams bound before it is asked. */
  ExpectJudgement(Scope scope, Kind.Expect kind, Partners partners) {
    this.scope = scope;
    this.partners = partners;
    this.lines = new ExpectLines(scope, kind);
    this.telling = this::finding;
  }

  @Override
  public CheckedAssertion assertion() {
    return scope.assertion;
  }

  @Override
  public void judge(Memory memory, Moment moment) {
    lines.count(moment, "", Tally.SEEN, 1);
    scope.event(moment.row());
    List<?> elements;
    try {
      elements = scope.elements(moment.row());
    } catch (NoValue e) {
      lines.undecided(moment, e.reason());
      return;
    }
    boolean each = scope.assertion.each().isPresent();
    int passed = 0;
    try {
      for (int i = 0; i < elements.size(); i++) {
        scope.element(elements.get(i));
        passed += judgeUnit(moment, each ? i : -1);
      }
    } finally {
      lines.count(moment, "", Tally.PASSED, passed);
      lines.tell(moment);
    }
  }

  /** How many passed the condition: one or none. */
  private int judgeUnit(Moment moment, int element) {
    return switch (scope.passes()) {
      case NO -> 0;
      case UNKNOWN -> {
        lines.undecided(moment, scope.unknown());
        yield 0;
      }
      case YES -> {
        lines.judge(moment, element, telling);
        yield 1;
      }
    };
  }

  private Finding finding(ExpectLines.Line line, Moment moment, int element, double severity) {
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
}
