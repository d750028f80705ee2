package io.assay.assertion.rule;

/**
 * How an expression is to be read.
 *
 * @param late whether what the checker refuses fails only when it is evaluated, where {@code &&}
 *     and {@code ||} may absorb it; CEL calls that an unchecked expression
 */
record Reading(Dialect dialect, boolean late) {
  /** As rules are read. */
  static final Reading RULES = new Reading(Dialect.ASSAY, false);

  boolean isPure() {
    return dialect == Dialect.CEL;
  }
}
