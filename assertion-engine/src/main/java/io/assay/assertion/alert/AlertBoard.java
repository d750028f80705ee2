package io.assay.assertion.alert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * All alerts of a project and what was told of them. A look is a pure step: what is seen, and the
 * time, give the next board, and what is to be written down and told because of it.
 *
 * @param alerts by fingerprint
 */
public record AlertBoard(Map<String, Alert> alerts, List<AlertGroup> groups) {
  public static final AlertBoard EMPTY = new AlertBoard(Map.of(), List.of());

  public AlertBoard {
    alerts = Collections.unmodifiableMap(new TreeMap<>(alerts));
    groups = List.copyOf(groups);
  }

  /**
   * What comes of a look.
   *
   * @param board as it is then
   */
  public record Look(
      AlertBoard board, List<AlertTransition> transitions, List<AlertNotice> notices) {
    public Look {
      transitions = List.copyOf(transitions);
      notices = List.copyOf(notices);
    }
  }

  /**
   * Looks once.
   *
   * @param seen all conditions that are true now; of two with the same labels the first counts
   */
  public Look look(Collection<AlertSighting> seen, AlertPolicy policy, Instant now) {
    List<AlertTransition> transitions = new ArrayList<>();
    Map<String, Alert> next = new TreeMap<>();
    Set<String> sighted = new HashSet<>();
    for (AlertSighting one : seen) {
      String fingerprint = one.fingerprint();
      if (sighted.add(fingerprint)) {
        Alert before = alerts.getOrDefault(fingerprint, Alert.first(one));
        AlertState state = before.state().step(true, now, policy.terms(before.rule()));
        note(before, before.seen(one, state), transitions, now);
        next.put(fingerprint, before.seen(one, state));
      }
    }
    for (Alert before : alerts.values()) {
      if (!sighted.contains(before.fingerprint())) {
        AlertState state = before.state().step(false, now, policy.terms(before.rule()));
        note(before, before.unseen(state), transitions, now);
        next.put(before.fingerprint(), before.unseen(state));
      }
    }
    AlertGrouping.Told told = new AlertGrouping(policy, next, now).step(groups);
    return new Look(
        new AlertBoard(stillKnown(next, told.groups()), told.groups()),
        transitions,
        told.notices());
  }

  private static void note(
      Alert before, Alert after, List<AlertTransition> transitions, Instant now) {
    if (before.phase() != after.phase()) {
      transitions.add(new AlertTransition(after, before.phase(), after.phase(), now));
    }
  }

  /** What is over is forgotten once those who knew of it have been told. */
  private static Map<String, Alert> stillKnown(Map<String, Alert> all, List<AlertGroup> groups) {
    Set<String> told = new HashSet<>();
    groups.forEach(group -> told.addAll(group.told()));
    Map<String, Alert> kept = new HashMap<>();
    all.forEach(
        (fingerprint, alert) -> {
          boolean keep =
              switch (alert.phase()) {
                case PENDING, FIRING -> true;
                case RESOLVED, INACTIVE -> told.contains(fingerprint);
              };
          if (keep) {
            kept.put(fingerprint, alert);
          }
        });
    return kept;
  }
}
