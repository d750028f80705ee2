package io.assay.imputation;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Keeps a fitting within a time: each of its trainings gets an equal share of it, and ends before a
 * pass that would not fit. Each takes one pass at least. For one fitting.
 */
public final class Budget implements Predicate<Pass> {
  private final long most;
  private final LongSupplier nanos;
  private final long began;
  private long last;

  /**
   * @param most from now on
   * @param nanos what time it is, as {@link System#nanoTime} tells it
   */
  public Budget(Duration most, LongSupplier nanos) {
    this.most = most.toNanos();
    this.nanos = nanos;
    this.began = nanos.getAsLong();
    this.last = began;
  }

  @Override
  public boolean test(Pass pass) {
    long now = nanos.getAsLong();
    long next = now - began + (now - last);
    last = now;
    return next <= most * (double) pass.training() / pass.trainings();
  }
}
