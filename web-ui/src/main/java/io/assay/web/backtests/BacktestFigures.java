package io.assay.web.backtests;

import io.assay.assertion.alert.AlertRehearsal;
import io.assay.assertion.scenario.BacktestReport.AssertionResult;
import io.assay.assertion.scenario.RuleDifference;
import java.time.Instant;
import java.util.List;

/**
 * What a backtest came to, with its marks of private fields.
 *
 * @param events that were judged
 * @param unreadable records that are no event
 * @param assertions of the file, as the draft judges them
 * @param steps violations by time
 * @param alerts what people would have been told
 * @param compared whether there were few enough violations to compare one by one
 */
record BacktestFigures(
    long events,
    long unreadable,
    List<OfAssertion> assertions,
    List<Step> steps,
    AlertRehearsal.Told alerts,
    boolean compared) {
  public BacktestFigures {
    assertions = List.copyOf(assertions);
    steps = List.copyOf(steps);
  }

  /**
   * One assertion in both versions.
   *
   * @param first the first violations that the draft found; {@code worst}: the most severe
   * @param gone violations that only the rules in force find
   */
  record OfAssertion(
      RuleDifference difference, List<Sample> first, List<Sample> worst, List<Sample> gone) {
    public OfAssertion {
      first = List.copyOf(first);
      worst = List.copyOf(worst);
      gone = List.copyOf(gone);
    }

    /** Of the draft; of the rules in force where the draft has it no more. */
    AssertionResult result() {
      return difference.after().or(difference::before).orElseThrow();
    }
  }

  /**
   * Violations in a step of time.
   *
   * @param draft those that the draft found; {@code inForce}: those of the rules in force
   */
  record Step(Instant at, long draft, long inForce) {}

  /** A violation; {@code sentence} with its marks of private fields. */
  record Sample(Instant at, String key, double severity, String sentence, boolean isNew) {}
}
