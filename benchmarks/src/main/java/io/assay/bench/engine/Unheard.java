package io.assay.bench.engine;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.event.Event;

/** Takes verdicts and costs nothing. */
final class Unheard implements Verdicts {
  private long violations;

  /** Read at the end, or nobody would have needed them. */
  long violations() {
    return violations;
  }

  @Override
  public void violation(Violation violation) {
    violations++;
  }

  @Override
  public void count(String assertion, String expectation, Tally tally, long minute, long by) {}

  @Override
  public void late(Event event, LateReason reason) {}

  @Override
  public void duplicate(Event event) {}

  @Override
  public void error(String assertion, String message) {
    throw new IllegalStateException(assertion + ": " + message);
  }
}
