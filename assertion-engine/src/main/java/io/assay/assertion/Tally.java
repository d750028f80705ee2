package io.assay.assertion;

/**
 * What is counted of an assertion, in the units of its kind.
 *
 * <p>Every rate, trend and coverage comes from these.
 */
public enum Tally {
  /** Events that reached the assertion. */
  SEEN,
  /** Units that passed {@code where}. */
  PASSED,
  /** Units with a verdict that is not undecided. */
  JUDGED,
  HELD,
  VIOLATED,
  UNDECIDED,
  /** Events that came too late, or from the future. */
  LATE
}
