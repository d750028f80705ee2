package io.assay.assertion.alert;

import io.assay.assertion.rule.ir.Consequences.Unit;
import java.time.Duration;

/** What an alert looks at. */
public sealed interface AlertCause {
  /**
   * More violated than the limit, of all in a stretch of event time.
   *
   * @param of what is counted as all
   * @param over how long the stretch is
   */
  record Rate(Unit per, Whole of, boolean orEqual, double limit, Duration over)
      implements AlertCause {}

  /**
   * Violated in so many windows, or releases, in a row.
   *
   * @param onePerMinute whether no two of them end within a minute
   */
  record Breached(long windows, boolean onePerMinute) implements AlertCause {}

  /**
   * An episode open so long.
   *
   * @param quiet after so long without a violation it is closed, where that is what closes it
   */
  record Open(Duration lasting, Duration quiet, Until until) implements AlertCause {}

  /** What closes an episode. */
  enum Until {
    /** That it has been quiet for long enough. */
    QUIET,
    /** Of a silence of one key: that the key speaks, whatever has passed. */
    KEY_SPEAKS,
    /** Of a silence of a whole stream: that anything of it speaks. */
    STREAM_SPEAKS
  }

  /** More undecided than the limit, of all in a stretch of event time. */
  record Undecided(double limit, Duration over) implements AlertCause {}

  /** It is in error, or left out because it took too much. */
  record Stopped() implements AlertCause {}

  /** What a rate is a share of. */
  enum Whole {
    /** Units of the kind's own that have a verdict. */
    JUDGED,
    /** Of a kind that judges something else: events that came to it. */
    SEEN,
    /** Likewise: elements that passed {@code where}. */
    PASSED,
    /** Of {@code match}: events, by whether all in them has a partner. */
    MATCHED,
    /** Of {@code match}: pairs, by its expectations. */
    PAIRED
  }
}
