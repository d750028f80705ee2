package io.assay.assertion.scenario;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.scenario.BacktestReport.AssertionResult;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Adds up what one assertion said; its size does not depend on how much that was. */
final class AssertionTally {
  private final String name;
  private final boolean severalPerUnit;
  private final Map<Tally, Long> counts = new EnumMap<>(Tally.class);
  private final UndecidedReasons reasons = new UndecidedReasons();
  private final FlaggedEvents flagged = new FlaggedEvents();
  private long violations;
  private double worst;
  private @Nullable String error;

  AssertionTally(String name, Kind kind) {
    this.name = name;
    this.severalPerUnit = severalPerUnit(kind);
  }

  /** An expectation is a unit of its own: it is violated once or not at all. */
  private static boolean severalPerUnit(Kind kind) {
    return !(kind instanceof Kind.Expect);
  }

  void count(Tally tally, long by) {
    counts.merge(tally, by, Long::sum);
  }

  void undecided(long at, String reason) {
    reasons.add(at, reason);
  }

  void error(String message) {
    if (error == null) {
      error = message;
    }
  }

  void violation(Violation violation) {
    violations++;
    worst = Math.max(worst, violation.severity());
    for (Violation.EventReference event : violation.spanEvents()) {
      flagged.add(event.source());
    }
  }

  AssertionResult result() {
    return new AssertionResult(
        name,
        violations,
        of(Tally.SEEN),
        of(Tally.PASSED),
        of(Tally.JUDGED),
        of(Tally.VIOLATED),
        of(Tally.UNDECIDED),
        of(Tally.LATE),
        flagged.count(),
        worst,
        severalPerUnit,
        Optional.ofNullable(error),
        reasons.all());
  }

  private long of(Tally tally) {
    return counts.getOrDefault(tally, 0L);
  }
}
