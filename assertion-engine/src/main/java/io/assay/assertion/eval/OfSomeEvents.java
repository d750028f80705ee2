package io.assay.assertion.eval;

import io.assay.assertion.rule.ir.CheckedAssertion;

/** A judgement of some events only; what it remembers is that of the one that judges them. */
interface OfSomeEvents extends Judgement {
  Judgement judgement();

  @Override
  default CheckedAssertion assertion() {
    return judgement().assertion();
  }

  @Override
  default void finish(Memory memory, Moment last) {
    judgement().finish(memory, last);
  }

  @Override
  default long due(Memory memory) {
    return judgement().due(memory);
  }

  @Override
  default void passed(Memory memory, Moment last, long clock) {
    judgement().passed(memory, last, clock);
  }

  @Override
  default long neededFrom(Memory memory, Past now) {
    return judgement().neededFrom(memory, now);
  }

  @Override
  default void pin(Memory memory, Pins pins) {
    judgement().pin(memory, pins);
  }
}
