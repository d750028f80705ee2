package io.assay.assertion.eval;

import io.assay.assertion.rule.ir.CheckedAssertion;
import java.util.Set;

/** One assertion, compiled: a step from event to event over what it remembers of a key. */
interface Judgement {
  CheckedAssertion assertion();

  void judge(Memory memory, Moment moment);

  /** The recording ends with this event. */
  default void finish(Memory memory, Moment last) {}

  /** The oldest event that may still become evidence; {@link Long#MAX_VALUE} for none. */
  default long neededFrom(Memory memory) {
    return Long.MAX_VALUE;
  }

  /** Adds the events whose fields must stay. */
  default void pin(Memory memory, Set<Long> sequences) {}
}
