package io.assay.assertion.scenario;

import io.assay.assertion.alert.AlertRehearsal;
import io.assay.assertion.eval.TruthFate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a backtest came to.
 *
 * @param assertions in order of declaration, the built-in one last
 * @param events readable ones, also those that came late or twice
 * @param keys how many keys they had
 * @param unreadable lines that are no event
 * @param late events behind what their key had already judged
 * @param future events more than five minutes ahead of when they were received
 * @param duplicates events that had been seen before
 * @param truths by name, what became of them
 * @param alerts what people would have been told, had the rules been active
 */
public record BacktestReport(
    List<AssertionResult> assertions,
    long events,
    long keys,
    long unreadable,
    long late,
    long future,
    long duplicates,
    Map<String, Map<TruthFate, Long>> truths,
    AlertRehearsal.Told alerts) {
  public BacktestReport {
    assertions = List.copyOf(assertions);
    truths = new TreeMap<>(truths);
  }

  /** Of rules that wait for no truth and alert nobody. */
  public BacktestReport(
      List<AssertionResult> assertions,
      long events,
      long keys,
      long unreadable,
      long late,
      long future,
      long duplicates) {
    this(
        assertions,
        events,
        keys,
        unreadable,
        late,
        future,
        duplicates,
        Map.of(),
        AlertRehearsal.Told.NOTHING);
  }

  /**
   * What one assertion said.
   *
   * @param seen events that reached it
   * @param passed units that passed {@code where}
   * @param judged units with a verdict, in the unit of its kind
   * @param violated of those judged
   * @param undecided units that lacked evidence
   * @param late events that came too late for it; for windows, which wait for no key, there may be
   *     more than for the stream
   * @param eventsFlagged distinct events inside violated spans; for {@code absent} inside the gaps
   * @param worst the highest severity; 0 without a violation
   * @param severalPerUnit whether a judged unit may be violated more than once, so that the rate
   *     does not tell how often
   * @param error why it stopped judging, if it failed in itself
   * @param reasons why windows, and releases, were undecided, the most frequent first
   */
  public record AssertionResult(
      String name,
      long violations,
      long seen,
      long passed,
      long judged,
      long violated,
      long undecided,
      long late,
      long eventsFlagged,
      double worst,
      boolean severalPerUnit,
      Optional<String> error,
      List<WhyUndecided> reasons) {
    public AssertionResult {
      reasons = List.copyOf(reasons);
    }

    /** How often it is violated. */
    public Rate rate() {
      return new Rate(violated, judged, undecided);
    }

    /** How many violations came of what it looked at; none where the rate tells as much. */
    public Optional<Frequency> frequency() {
      return severalPerUnit ? Optional.of(new Frequency(violations, passed)) : Optional.empty();
    }
  }

  /** What the assertion of a name said, if there is one. */
  public Optional<AssertionResult> find(String name) {
    return assertions.stream().filter(result -> result.name().equals(name)).findFirst();
  }

  /** Whether no assertion stopped judging. */
  public boolean isWithoutErrors() {
    return assertions.stream().allMatch(result -> result.error().isEmpty());
  }

  /** Of all assertions together. */
  public long violations() {
    return assertions.stream().mapToLong(AssertionResult::violations).sum();
  }
}
