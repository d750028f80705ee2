package io.assay.assertion.eval;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What assertions cost: the CPU time of each for one event in {@value #EVERY}, and for every event
 * while one takes more than it may. Belongs to one thread.
 */
public final class Costs {
  static final int EVERY = 64;

  /** Events over which an average is taken. */
  static final int SAMPLES = 20;

  private final LongSupplier cpuNanos;
  private final long budget;
  private final Map<String, Sum> sums = new HashMap<>();
  private int untilNext = EVERY;
  private boolean isAlarmed;
  private Optional<TooCostly> tooCostly = Optional.empty();

  private static final class Sum {
    long nanos;
    int events;
    long untoldNanos;
    long untoldEvents;
  }

  /** Hears what was measured. */
  public interface Measured {
    /**
     * Of one assertion, since it was told last.
     *
     * @param events that were measured, one in {@value #EVERY} while it takes what it may
     * @param nanos CPU time that they took together
     */
    void took(String assertion, long events, long nanos);
  }

  /**
   * An assertion that takes more than it may.
   *
   * @param average CPU time an event, over {@value #SAMPLES} events
   */
  public record TooCostly(String assertion, Duration average) {}

  private Costs(LongSupplier cpuNanos, long budget) {
    this.cpuNanos = cpuNanos;
    this.budget = budget;
  }

  /** Nobody asks. */
  static Costs unmeasured() {
    return new Costs(() -> 0, Long.MAX_VALUE);
  }

  /**
   * @param cpuNanos CPU time of the thread that judges, so that what else the machine does is no
   *     assertion's cost
   * @param budget what an assertion may take for an event on average
   */
  public static Costs of(LongSupplier cpuNanos, Duration budget) {
    return new Costs(cpuNanos, budget.toNanos());
  }

  /** One that has taken too much; the first of them. */
  public Optional<TooCostly> tooCostly() {
    return tooCostly;
  }

  /** Tells what was measured since the last call. */
  public void tell(Measured to) {
    sums.forEach(
        (assertion, sum) -> {
          if (sum.untoldEvents > 0) {
            to.took(assertion, sum.untoldEvents, sum.untoldNanos);
            sum.untoldEvents = 0;
            sum.untoldNanos = 0;
          }
        });
  }

  /** Before an event is judged: whether it is measured. */
  boolean begin() {
    if (budget == Long.MAX_VALUE || --untilNext > 0) {
      return false;
    }
    untilNext = isAlarmed ? 1 : EVERY;
    isAlarmed = false;
    return true;
  }

  long now() {
    return cpuNanos.getAsLong();
  }

  void took(String assertion, long nanos) {
    if (nanos > budget) {
      isAlarmed = true;
      untilNext = 1;
    }
    Sum sum = sums.computeIfAbsent(assertion, unused -> new Sum());
    sum.nanos += nanos;
    sum.untoldNanos += nanos;
    sum.untoldEvents++;
    if (++sum.events == SAMPLES) {
      if (sum.nanos > budget * SAMPLES && tooCostly.isEmpty()) {
        tooCostly = Optional.of(new TooCostly(assertion, Duration.ofNanos(sum.nanos / SAMPLES)));
      }
      sum.nanos = 0;
      sum.events = 0;
    }
  }
}
