package io.assay.assertion.scenario;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.event.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the assertion under test said; other assertions are passed over. */
final class TestVerdicts implements Verdicts {
  private final String assertion;
  private final List<Violation> violations = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private final Map<String, Long> reasons = new LinkedHashMap<>();
  private long undecided;

  TestVerdicts(String assertion) {
    this.assertion = assertion;
  }

  @Override
  public void violation(Violation violation) {
    if (violation.assertion().equals(assertion)) {
      violations.add(violation);
    }
  }

  @Override
  public void count(String name, String expectation, Tally tally, long minute, long by) {
    if (tally == Tally.UNDECIDED && name.equals(assertion)) {
      undecided += by;
    }
  }

  @Override
  public void undecided(String name, String expectation, long at, String reason) {
    if (name.equals(assertion)) {
      reasons.putIfAbsent(reason, at);
    }
  }

  @Override
  public void late(Event event, LateReason reason) {}

  @Override
  public void duplicate(Event event) {}

  @Override
  public void error(String name, String message) {
    if (name.equals(assertion)) {
      errors.add(message);
    }
  }

  List<Violation> violations() {
    return violations;
  }

  List<String> errors() {
    return errors;
  }

  long undecided() {
    return undecided;
  }

  /** Why units were left undecided, and the event time at which each reason was first given. */
  Map<String, Long> reasons() {
    return reasons;
  }
}
