package io.assay.assertion.eval;

import io.assay.assertion.rule.ir.CheckedAssertion;

/** One assertion, compiled: a step from event to event over what it remembers of a key. */
interface Judgement {
  CheckedAssertion assertion();

  void judge(Memory memory, Moment moment);

  /** The recording ends with this event. */
  default void finish(Memory memory, Moment last) {}

  /**
   * After which event time its passing alone decides something; {@link Long#MAX_VALUE} for none.
   */
  default long due(Memory memory) {
    return Long.MAX_VALUE;
  }

  /**
   * No event of the key has come behind the last one.
   *
   * @param clock up to here, this instant not included, none can come any more
   */
  default void passed(Memory memory, Moment last, long clock) {}

  /**
   * The oldest event from which on all may still become evidence; {@link Long#MAX_VALUE} for none.
   *
   * @param now judged last
   */
  default long neededFrom(Memory memory, Past now) {
    return Long.MAX_VALUE;
  }

  /** Adds single events that must stay, with their fields. */
  default void pin(Memory memory, Pins pins) {}
}
