package io.assay.bench.engine;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.event.Event;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Correction;
import io.assay.assertion.rule.ir.Correction.Repair;
import io.assay.assertion.rule.ir.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a rule set said of some events, and whether each of its clauses had its turn. */
final class Said implements Verdicts {
  private final Map<String, Integer> violations = new TreeMap<>();
  private final Set<String> reached = new HashSet<>();
  private final Set<String> events = new HashSet<>();

  /** Violations by assertion. */
  Map<String, Integer> violations() {
    return violations;
  }

  /** How many events a violation was found at. */
  int spoke() {
    return events.size();
  }

  /**
   * Clauses that decided nothing: a line that never held or never was violated, a side of a match
   * with a partner for each of its elements, a correction that was never proposed.
   */
  List<String> unreached(CheckedRules rules) {
    List<String> missing = new ArrayList<>();
    for (CheckedAssertion assertion : rules.assertions()) {
      for (String clause : clauses(assertion)) {
        if (!reached.contains(assertion.name() + ' ' + clause)) {
          missing.add(assertion.name() + ": " + clause);
        }
      }
    }
    return missing;
  }

  private static List<String> clauses(CheckedAssertion assertion) {
    List<String> clauses = new ArrayList<>();
    clauses.add(Tally.HELD.toString());
    clauses.add(Tally.VIOLATED.toString());
    clauses.add("sentence");
    if (assertion.kind() instanceof Kind.Match match) {
      match.sides().stream().filter(Kind.Side::judged).forEach(side -> clauses.add(side.name()));
    }
    for (Correction correction : assertion.consequences().corrections()) {
      clauses.add(
          switch (correction.repair()) {
            case Repair.Insert ignored -> "insert";
            case Repair.Remove ignored -> "remove";
            case Repair.Set ignored -> "set";
            case Repair.Merge ignored -> "merge";
          });
    }
    return clauses;
  }

  @Override
  public void violation(Violation violation) {
    violations.merge(violation.assertion(), 1, Integer::sum);
    events.add(violation.decidingEvent());
    reach(violation, violation.sentence().isEmpty() ? "silence" : "sentence");
    reach(violation, violation.subject().split("\\[", 2)[0]);
    for (Violation.Corrected corrected : violation.corrections()) {
      corrected.actions().forEach(action -> reach(violation, action));
    }
  }

  private void reach(Violation violation, String clause) {
    reached.add(violation.assertion() + ' ' + clause);
  }

  @Override
  public void count(String assertion, String expectation, Tally tally, long minute, long by) {
    reached.add(assertion + ' ' + tally);
  }

  @Override
  public void late(Event event, LateReason reason) {
    throw new IllegalStateException("late: " + event);
  }

  @Override
  public void duplicate(Event event) {
    throw new IllegalStateException("came twice: " + event);
  }

  @Override
  public void error(String assertion, String message) {
    throw new IllegalStateException(assertion + ": " + message);
  }
}
