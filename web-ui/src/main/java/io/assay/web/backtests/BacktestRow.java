package io.assay.web.backtests;

import io.assay.web.system.TimePlace;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A backtest as it is kept.
 *
 * @param base the generation that was in force when it was asked for, 0 for none
 * @param from event time; {@code to}: before this
 * @param attempts how often it was begun: once more for each instance that died over it
 * @param events read so far in this reading
 * @param percent how far it is
 * @param ended null while it waits or runs
 * @param trouble why it failed; empty where it did not
 * @param violationsInForce found by the rules in force, where it is done; {@code violationsDraft}:
 *     by the draft, null of a sweep
 * @param sweep where one assertion is judged with several thresholds; null where a draft is
 *     compared
 */
public record BacktestRow(
    String id,
    String file,
    long base,
    Instant from,
    Instant to,
    String by,
    Instant asked,
    State state,
    int attempts,
    long events,
    int percent,
    @Nullable Instant ended,
    String trouble,
    @Nullable Long violationsInForce,
    @Nullable Long violationsDraft,
    @Nullable SweepPlan sweep) {

  /** In lists, the newest first. */
  public TimePlace place() {
    return new TimePlace(asked, id);
  }

  /** Where it is. */
  public enum State {
    /** Until an instance has room for it. */
    WAITING,
    RUNNING,
    DONE,
    /** It would fail again: the rules or the topics have to change first. */
    FAILED,
    CANCELLED,
    /** Instances died over it, one after another. */
    INTERRUPTED;

    /** Whether something is still to come. */
    public boolean isOpen() {
      return switch (this) {
        case WAITING, RUNNING -> true;
        case DONE, FAILED, CANCELLED, INTERRUPTED -> false;
      };
    }
  }
}
