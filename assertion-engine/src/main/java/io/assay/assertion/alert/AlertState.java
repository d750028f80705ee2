package io.assay.assertion.alert;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of one alert, as Prometheus has it ({@code rules/alerting.go}): it waits for {@code
 * for}, fires, goes on for {@code keep_firing_for} after its condition was true last. That there is
 * nothing to look at is the same as a condition that is not true.
 *
 * @param activeAt since when the condition is true; null where it is not, and does not fire
 * @param firedAt since when it fires, or fired last; null for never
 * @param keptSince since when it fires although its condition is not true; null where it is
 * @param resolvedAt since when it fires no more; stays while it waits once more, for whoever was
 *     not told yet; null while it fires
 * @param evaluated when somebody looked last; null for never
 */
public record AlertState(
    AlertPhase phase,
    @Nullable Instant activeAt,
    @Nullable Instant firedAt,
    @Nullable Instant keptSince,
    @Nullable Instant resolvedAt,
    @Nullable Instant evaluated) {
  public static final AlertState NONE =
      new AlertState(AlertPhase.INACTIVE, null, null, null, null, null);

  /**
   * Looks once. A clock that goes back stands still; a gap that is longer than the terms allow
   * moves what was waited for by its own length, as Prometheus does after a restart, so that
   * neither {@code for} nor {@code keep} passes while nobody looks.
   */
  public AlertState step(boolean holds, Instant at, AlertTerms terms) {
    Instant last = evaluated;
    Instant now = last != null && at.isBefore(last) ? last : at;
    Duration gap = last == null ? Duration.ZERO : Duration.between(last, now);
    AlertState before = gap.compareTo(terms.longestGap()) > 0 ? moved(gap) : this;
    return holds ? before.held(now, terms) : before.failed(now, terms);
  }

  public boolean isFiring() {
    return phase == AlertPhase.FIRING;
  }

  private AlertState moved(Duration by) {
    return switch (phase) {
      case INACTIVE, RESOLVED -> this;
      case PENDING ->
          new AlertState(phase, plus(activeAt, by), firedAt, null, resolvedAt, evaluated);
      case FIRING -> new AlertState(phase, activeAt, firedAt, plus(keptSince, by), null, evaluated);
    };
  }

  private static @Nullable Instant plus(@Nullable Instant time, Duration by) {
    return time == null ? null : time.plus(by);
  }

  private AlertState held(Instant now, AlertTerms terms) {
    return switch (phase) {
      case INACTIVE, RESOLVED -> waiting(now, now, terms);
      case PENDING -> waiting(activeAt == null ? now : activeAt, now, terms);
      case FIRING -> new AlertState(phase, activeAt, firedAt, null, null, now);
    };
  }

  private AlertState waiting(Instant since, Instant now, AlertTerms terms) {
    boolean fires = Duration.between(since, now).compareTo(terms.lasting()) >= 0;
    return fires
        ? new AlertState(AlertPhase.FIRING, since, now, null, null, now)
        : new AlertState(AlertPhase.PENDING, since, firedAt, null, resolvedAt, now);
  }

  private AlertState failed(Instant now, AlertTerms terms) {
    return switch (phase) {
      case INACTIVE, PENDING ->
          new AlertState(AlertPhase.INACTIVE, null, firedAt, null, resolvedAt, now);
      case RESOLVED -> new AlertState(phase, null, firedAt, null, resolvedAt, now);
      case FIRING -> {
        Instant since = keptSince == null ? now : keptSince;
        boolean kept = Duration.between(since, now).compareTo(terms.keep()) < 0;
        yield kept
            ? new AlertState(phase, activeAt, firedAt, since, null, now)
            : new AlertState(AlertPhase.RESOLVED, null, firedAt, null, now, now);
      }
    };
  }
}
