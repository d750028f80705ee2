package io.assay.stream.embeddings;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.event.Event;
import io.assay.stream.contract.StabilityRecord.Outcome;
import io.assay.stream.contract.StabilityRecord.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Passes on what judging a pair brings forth, and remembers what became of each line. */
final class Recorded implements Verdicts {
  private final Verdicts to;
  private final Map<Line, Verdict> verdicts = new LinkedHashMap<>();

  private record Line(String assertion, String expectation) {}

  Recorded(Verdicts to) {
    this.to = to;
  }

  List<Verdict> verdicts() {
    return List.copyOf(verdicts.values());
  }

  private void set(
      String assertion, String expectation, Outcome outcome, String reason, String violation) {
    verdicts.put(
        new Line(assertion, expectation),
        new Verdict(assertion, expectation, outcome, reason, violation));
  }

  @Override
  public void violation(Violation violation) {
    set(violation.assertion(), violation.expectation(), Outcome.VIOLATED, "", violation.id());
    to.violation(violation);
  }

  @Override
  public void count(String assertion, String expectation, Tally tally, long minute, long by) {
    if (tally == Tally.HELD) {
      set(assertion, expectation, Outcome.HELD, "", "");
    }
    to.count(assertion, expectation, tally, minute, by);
  }

  @Override
  public void undecided(String assertion, String expectation, long at, String reason) {
    set(assertion, expectation, Outcome.UNDECIDED, reason, "");
    to.undecided(assertion, expectation, at, reason);
  }

  @Override
  public void late(Event event, LateReason reason) {
    to.late(event, reason);
  }

  @Override
  public void duplicate(Event event) {
    to.duplicate(event);
  }

  @Override
  public void error(String assertion, String message) {
    to.error(assertion, message);
  }
}
