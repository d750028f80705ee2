package io.assay.assertion.rule.ir;

/** A limit in time, or in events of the key: the two clocks of a per-key assertion. */
public sealed interface Bound {
  /** At least one event. */
  record Events(long count) implements Bound {
    public Events {
      if (count < 1) {
        throw new IllegalArgumentException("a bound needs one event or more, got " + count);
      }
    }
  }

  /** Longer than nothing. */
  record Time(long nanos) implements Bound {
    public Time {
      if (nanos < 1) {
        throw new IllegalArgumentException(
            "a bound needs a positive duration, got " + nanos + " ns");
      }
    }
  }
}
