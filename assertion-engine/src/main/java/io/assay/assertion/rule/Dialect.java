package io.assay.assertion.rule;

/** Which language an expression is written in. */
public enum Dialect {
  /** CEL with what rules add to it: units, percents, ranges, promoted literals, more functions. */
  ASSAY,
  /** CEL and nothing else. */
  CEL
}
