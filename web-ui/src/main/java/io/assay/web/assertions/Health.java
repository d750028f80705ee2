package io.assay.web.assertions;

import io.assay.web.rates.Counted;
import io.assay.web.rules.AssertionState;

/** What an assertion is worth at the moment; in the order in which somebody should look. */
public enum Health {
  /** It fails for some key. */
  FAILING,
  /** Left out, because it took too much. */
  SUSPENDED,
  /**
   * It judged nothing in the period: its stream is silent, or its {@code where} lets nothing
   * through.
   */
  IDLE,
  /** It judges, and has never fired: nothing is wrong there, or its threshold is. */
  DEAD,
  /** It fired in the period. */
  FIRING,
  /** It did not fire in the period, and did before. */
  QUIET,
  /**
   * It has not judged yet: its first window is open, or the truth of its first events is to come.
   */
  WAITING,
  /** It runs in tests and backtests only. */
  DRAFT,
  /** The rules have it no more. */
  GONE;

  /** Whether somebody should look why it does not do its work. */
  public boolean isIll() {
    return compareTo(DEAD) <= 0;
  }

  /** Of an assertion of the rules; {@code fires}: in the period, and {@code fired}: ever. */
  static Health of(AssertionState state, Counted counted, boolean fires, boolean fired) {
    return switch (state) {
      case ERROR -> FAILING;
      case SUSPENDED -> SUSPENDED;
      case DRAFT -> DRAFT;
      case ACTIVE, SHADOW -> {
        if (fires) {
          yield FIRING;
        }
        if (counted.judged() == 0) {
          yield IDLE;
        }
        yield fired ? QUIET : DEAD;
      }
    };
  }
}
