package io.assay.assertion;

/** How far an assertion's judgement reaches. */
public enum Mode {
  /** Runs in tests and backtests only; what a rule without {@code mode} is. */
  DRAFT,
  /** Judged and shown, but alerts nobody and samples nothing. */
  SHADOW,
  ACTIVE
}
