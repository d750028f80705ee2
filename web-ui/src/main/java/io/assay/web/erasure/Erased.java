package io.assay.web.erasure;

/**
 * What came of one step.
 *
 * @param number rows or records that went, or that are left
 * @param note what is to be known about it; empty for nothing
 */
record Erased(Outcome outcome, long number, String note) {
  /** How a place stands now. */
  enum Outcome {
    /** It had something, which is gone. */
    ERASED,
    /** It had nothing. */
    NOTHING,
    /** It has some until a time that the note says. */
    KEPT_UNTIL,
    /** It has some until somebody who is away is back, which the note says. */
    WAITS,
    /** Someone has to do something, which the note says. */
    BY_HAND
  }

  static Erased gone(long number) {
    return new Erased(number > 0 ? Outcome.ERASED : Outcome.NOTHING, number, "");
  }
}
