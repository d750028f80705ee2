package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.eval.term.BoolTerm;
import io.assay.assertion.eval.term.Evidence;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.rule.ir.Kind;
import java.util.ArrayList;
import java.util.List;

/** The lines of {@code expect} that are judged unit by unit; each has a verdict of its own. */
final class ExpectLines {
  private final Scope scope;
  private final List<Line> lines = new ArrayList<>();

  /** One line, by its name or its place among all. */
  record Line(String name, BoolTerm condition, Evidence evidence, Unmet unmet) {}

  /** Says what is wrong with a unit that a line does not hold of. */
  @FunctionalInterface
  interface Telling {
    Finding finding(Line line, Moment moment, int element, double severity);
  }

  ExpectLines(Scope scope, Kind.Expect kind) {
    this.scope = scope;
    int number = 0;
    for (Kind.Expectation line : kind.expectations()) {
      number++;
      if (line.window().isPresent()) {
        continue;
      }
      lines.add(
          new Line(
              line.name().orElse(Integer.toString(number)),
              scope.terms.bool(line.condition()),
              scope.evidence(line.condition()),
              new Unmet(scope, line.name(), line.condition())));
    }
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /** Judges a unit whose variables stand in the frame; {@code element}: -1 for the whole. */
  void judge(Moment moment, int element, Telling telling) {
    for (Line line : lines) {
      judge(line, moment, element, telling);
    }
  }

  private void judge(Line line, Moment moment, int element, Telling telling) {
    try {
      boolean holds = line.condition().test(scope.frame);
      double severity = holds ? 0 : scope.severity();
      if (severity > 0) {
        moment.out().violation(telling.finding(line, moment, element, severity).violation());
      }
      count(moment, line.name(), Tally.JUDGED);
      count(moment, line.name(), severity > 0 ? Tally.VIOLATED : Tally.HELD);
    } catch (NoValue e) {
      undecided(moment, line, e.reason());
    }
  }

  void undecided(Moment moment, String reason) {
    lines.forEach(line -> undecided(moment, line, reason));
  }

  private void undecided(Moment moment, Line line, String reason) {
    moment.undecided(scope.assertion.name(), line.name(), reason);
  }

  void count(Moment moment, String expectation, Tally tally) {
    moment.count(scope.assertion.name(), expectation, tally, 1);
  }
}
