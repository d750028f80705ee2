package io.assay.cli;

import io.assay.assertion.rule.ir.CheckedTest;
import io.assay.assertion.scenario.Outcome;

/** A rule test that was run, and how long that took. */
record TestRun(CheckedTest test, Outcome outcome, long nanos) {
  /** As people are told it, and as {@code --filter} reads it. */
  static String name(CheckedTest test) {
    return "%s \"%s\"".formatted(test.assertion(), test.title());
  }

  boolean hasPassed() {
    return outcome instanceof Outcome.Passed;
  }

  boolean hasFailed() {
    return outcome instanceof Outcome.Failed;
  }

  boolean isPending() {
    return outcome instanceof Outcome.Pending;
  }
}
