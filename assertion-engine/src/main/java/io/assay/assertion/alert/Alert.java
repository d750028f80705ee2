package io.assay.assertion.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An alert, from when its condition was first true until nobody need be told of it any more.
 *
 * @param rule of which it is, {@link AlertRule#key()}
 * @param annotations as they were when its condition was true last
 * @param routes whom to tell; none: it is shown only
 * @param violation what shows it, as a path below the project's violations
 * @param acknowledgedBy who sees to it: it is not told again until it is over
 */
public record Alert(
    String fingerprint,
    String rule,
    SortedMap<String, String> labels,
    SortedMap<String, String> annotations,
    List<String> routes,
    AlertState state,
    Optional<String> violation,
    Optional<String> acknowledgedBy) {
  public Alert {
    labels = new TreeMap<>(labels);
    annotations = new TreeMap<>(annotations);
    routes = List.copyOf(routes);
  }

  static Alert first(AlertSighting seen) {
    return new Alert(
        seen.fingerprint(),
        seen.rule().key(),
        seen.labels(),
        seen.annotations(),
        seen.rule().routes(),
        AlertState.NONE,
        seen.violation(),
        Optional.empty());
  }

  /** As it is seen now. */
  Alert seen(AlertSighting now, AlertState next) {
    return new Alert(
        fingerprint,
        rule,
        labels,
        now.annotations(),
        now.rule().routes(),
        next,
        now.violation().or(() -> violation),
        next.phase() == AlertPhase.FIRING && state.isFiring() ? acknowledgedBy : Optional.empty());
  }

  /** Nothing is seen of it. */
  Alert unseen(AlertState next) {
    return new Alert(
        fingerprint,
        rule,
        labels,
        annotations,
        routes,
        next,
        violation,
        next.isFiring() ? acknowledgedBy : Optional.empty());
  }

  /** Somebody sees to it. */
  public Alert acknowledged(String by) {
    return new Alert(
        fingerprint, rule, labels, annotations, routes, state, violation, Optional.of(by));
  }

  public AlertPhase phase() {
    return state.phase();
  }

  public boolean isFiring() {
    return state.isFiring();
  }

  /** Since when it fires, or fired last; null where it never has. */
  public @Nullable Instant startsAt() {
    return state.firedAt();
  }
}
