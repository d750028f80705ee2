package io.assay.imports;

/**
 * Times at equal steps, each computed from the start, so that a step of no whole number of
 * milliseconds does not drift.
 *
 * @param start epoch milliseconds of step 0
 * @param step nanoseconds
 */
public record StepClock(long start, long step) {
  private static final long MILLI = 1_000_000;

  public StepClock {
    if (step < 1) {
      throw new IllegalArgumentException("a step must be above 0 nanoseconds, got " + step);
    }
  }

  /** Epoch milliseconds of a step, counted from 0; halves of a millisecond are rounded up. */
  public long at(int index) {
    return start + index * (step / MILLI) + (index * (step % MILLI) + MILLI / 2) / MILLI;
  }
}
