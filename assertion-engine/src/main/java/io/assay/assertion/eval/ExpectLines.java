package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.eval.term.BoolTerm;
import io.assay.assertion.eval.term.Evidence;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.rule.ir.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of {@code expect} that are judged unit by unit; each has a verdict of its own. What was
 * held and violated is counted here, and told once for all units of an event.
 */
final class ExpectLines {
  private final Scope scope;
  private final List<Line> lines = new ArrayList<>();
  private final long[] held;
  private final long[] violated;

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
    held = new long[lines.size()];
    violated = new long[lines.size()];
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /** Judges a unit whose variables stand in the frame; {@code element}: -1 for the whole. */
  void judge(Moment moment, int element, Telling telling) {
    for (int i = 0; i < lines.size(); i++) {
      judge(i, moment, element, telling);
    }
  }

  private void judge(int place, Moment moment, int element, Telling telling) {
    Line line = lines.get(place);
    try {
      boolean holds = line.condition().test(scope.frame);
      double severity = holds ? 0 : scope.severity();
      if (severity > 0) {
        moment.out().violation(telling.finding(line, moment, element, severity).violation());
        violated[place]++;
      } else {
        held[place]++;
      }
    } catch (NoValue e) {
      undecided(moment, line, e.reason());
    }
  }

  /** Tells what was counted of the units judged since this was last asked. */
  void tell(Moment moment) {
    for (int i = 0; i < held.length; i++) {
      String line = lines.get(i).name();
      count(moment, line, Tally.JUDGED, held[i] + violated[i]);
      count(moment, line, Tally.HELD, held[i]);
      count(moment, line, Tally.VIOLATED, violated[i]);
      held[i] = 0;
      violated[i] = 0;
    }
  }

  void undecided(Moment moment, String reason) {
    lines.forEach(line -> undecided(moment, line, reason));
  }

  private void undecided(Moment moment, Line line, String reason) {
    moment.undecided(scope.assertion.name(), line.name(), reason);
  }

  void count(Moment moment, String expectation, Tally tally, long by) {
    moment.count(scope.assertion.name(), expectation, tally, by);
  }
}
