package io.assay.assertion.scenario;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.event.Event;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Sorts the verdicts of a backtest by assertion. */
final class BacktestVerdicts implements Verdicts {
  /** The built-in assertion of every stream; those of all streams are counted as one. */
  static final String SCHEMA = CheckedAssertion.SCHEMA;

  private final Map<String, AssertionTally> tallies = new LinkedHashMap<>();
  private final Backtest.Listener listener;
  private long late;
  private long future;
  private long duplicates;

  BacktestVerdicts(CheckedRules rules, Backtest.Listener listener) {
    this.listener = listener;
    for (CheckedAssertion assertion : rules.assertions()) {
      tallies.put(assertion.name(), new AssertionTally(assertion.name()));
    }
    tallies.put(SCHEMA, new AssertionTally(SCHEMA));
  }

  @Override
  public void violation(Violation violation) {
    tally(violation.assertion()).violation(violation);
    listener.violation(violation);
  }

  @Override
  public void count(String assertion, String expectation, Tally tally, long minute, long by) {
    tally(assertion).count(tally, by);
  }

  @Override
  public void late(Event event, LateReason reason) {
    switch (reason) {
      case LATE -> late++;
      case FUTURE -> future++;
    }
  }

  @Override
  public void duplicate(Event event) {
    duplicates++;
  }

  @Override
  public void error(String assertion, String message) {
    tally(assertion).error(message);
  }

  private AssertionTally tally(String assertion) {
    return Objects.requireNonNull(tallies.get(assertion), assertion);
  }

  BacktestReport report(long events, long keys, long unreadable) {
    return new BacktestReport(
        tallies.values().stream().map(AssertionTally::result).toList(),
        events,
        keys,
        unreadable,
        late,
        future,
        duplicates);
  }
}
