package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.eval.term.BoolTerm;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code where} of an assertion about elements: which events it looks at.
 *
 * <p>An event that does not pass is none to the assertion: nobody is seen in it, nobody missing,
 * and a bound in events does not count it.
 */
final class SelectedEvents implements OfSomeEvents {
  private final Judgement judgement;
  private final Scope scope;
  private final BoolTerm where;

  private SelectedEvents(Judgement judgement, Term where) {
    this.judgement = judgement;
    this.scope = new Scope(judgement.assertion());
    this.where = scope.terms.bool(where);
  }

  /** Without {@code each} the event itself is the unit, and its own judgement asks. */
  static Judgement of(Judgement judgement) {
    Optional<Term> where = judgement.assertion().where();
    return judgement.assertion().each().isEmpty() || where.isEmpty()
        ? judgement
        : new SelectedEvents(judgement, where.get());
  }

  @Override
  public Judgement judgement() {
    return judgement;
  }

  @Override
  public void judge(Memory memory, Moment moment) {
    if (passes(moment)) {
      judgement.judge(memory, moment);
    } else {
      moment.count(assertion().name(), "", Tally.SEEN, 1);
    }
  }

  private boolean passes(Moment moment) {
    scope.event(moment.row());
    try {
      return where.test(scope.frame);
    } catch (NoValue e) {
      lines(assertion()).forEach(line -> moment.undecided(assertion().name(), line, e.reason()));
      return false;
    }
  }

  /**
   * Of what is judged event by event. Each line of {@code expect} has its own verdict; the other
   * kinds have one.
   */
  static List<String> lines(CheckedAssertion assertion) {
    if (!(assertion.kind() instanceof Kind.Expect expect)) {
      return List.of("");
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < expect.expectations().size(); i++) {
      Kind.Expectation line = expect.expectations().get(i);
      if (line.window().isEmpty()) {
        lines.add(line.name().orElse(Integer.toString(i + 1)));
      }
    }
    return lines;
  }
}
