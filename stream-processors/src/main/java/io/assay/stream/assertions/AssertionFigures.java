package io.assay.stream.assertions;

import io.assay.assertion.Tally;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What the tasks of one stream have counted for one assertion since the program started. */
public final class AssertionFigures {
  private final Map<Tally, LongAdder> tallies = new EnumMap<>(Tally.class);
  private final LongAdder measured = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  AssertionFigures() {
    for (Tally tally : Tally.values()) {
      tallies.put(tally, new LongAdder());
    }
  }

  void counted(Tally tally, long by) {
    adder(tally).add(by);
  }

  void took(long events, long cpuNanos) {
    measured.add(events);
    nanos.add(cpuNanos);
  }

  private LongAdder adder(Tally tally) {
    LongAdder adder = tallies.get(tally);
    if (adder == null) {
      throw new IllegalStateException("no counter of " + tally);
    }
    return adder;
  }

  /** How many there were. */
  public long of(Tally tally) {
    return adder(tally).sum();
  }

  /** Events whose judging was measured. */
  public long measured() {
    return measured.sum();
  }

  /** CPU time that judging the measured events took, nanoseconds. */
  public long nanos() {
    return nanos.sum();
  }
}
