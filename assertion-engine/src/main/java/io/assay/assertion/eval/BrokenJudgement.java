package io.assay.assertion.eval;

import io.assay.assertion.rule.ir.CheckedAssertion;

/** An assertion that cannot be judged: in error, visibly, while the others run. */
record BrokenJudgement(CheckedAssertion assertion, String reason) implements Judgement {
  @Override
  public void judge(Memory memory, Moment moment) {
    throw new IllegalStateException(reason);
  }
}
