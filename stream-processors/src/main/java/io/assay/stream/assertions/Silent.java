package io.assay.stream.assertions;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.event.Event;

/** For what is counted again: what was said when it was counted first is not said again. */
final class Silent implements Verdicts {
  @Override
  public void violation(Violation violation) {}

  @Override
  public void count(String assertion, String expectation, Tally tally, long minute, long by) {}

  @Override
  public void late(Event event, LateReason reason) {}

  @Override
  public void duplicate(Event event) {}

  @Override
  public void error(String assertion, String message) {}
}
