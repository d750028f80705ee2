package io.assay.assertion.alert;

import io.assay.assertion.rule.ir.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Puts alerts into groups, route by route, and says which groups are told. */
final class AlertGrouping {
  /** The group of those for which there was none left. */
  private static final String OTHERS = "others";

  private static final List<String> LEVELS = List.of("critical", "warning", "info");

  private final AlertPolicy policy;
  private final Map<String, Alert> alerts;
  private final Instant now;
  private final Set<String> silenced = new HashSet<>();
  private final Set<String> acknowledged = new HashSet<>();
  private final List<AlertGroup> groups = new ArrayList<>();
  private final List<AlertNotice> notices = new ArrayList<>();

  /** All groups afterwards, and what is told. */
  record Told(List<AlertGroup> groups, List<AlertNotice> notices) {}

  AlertGrouping(AlertPolicy policy, Map<String, Alert> alerts, Instant now) {
    this.policy = policy;
    this.alerts = alerts;
    this.now = now;
    for (Alert alert : alerts.values()) {
      if (policy.silences().stream().anyMatch(one -> one.silences(alert.labels(), now))) {
        silenced.add(alert.fingerprint());
      }
      if (alert.acknowledgedBy().isPresent()) {
        acknowledged.add(alert.fingerprint());
      }
    }
  }

  /** Of a route that is gone nobody can be told any more. */
  Told step(List<AlertGroup> before) {
    for (Route route : policy.routes()) {
      step(route, before.stream().filter(group -> group.isOf(route.name())).toList());
    }
    return new Told(groups, notices);
  }

  private void step(Route route, List<AlertGroup> before) {
    Map<String, AlertGroup> known = new TreeMap<>();
    before.forEach(group -> known.put(group.key(), group));
    Map<String, Set<String>> firing = new TreeMap<>();
    known.keySet().forEach(key -> firing.put(key, new TreeSet<>()));
    alerts.values().stream()
        .filter(alert -> alert.isFiring() && alert.routes().contains(route.name()))
        .filter(alert -> !silenced.contains(alert.fingerprint()) || isKnown(alert, before))
        .sorted(
            Comparator.comparing((Alert alert) -> Objects.requireNonNullElse(alert.startsAt(), now))
                .thenComparing(Alert::fingerprint))
        .forEach(
            alert ->
                firing
                    .computeIfAbsent(place(alert, route, known), key -> new TreeSet<>())
                    .add(alert.fingerprint()));
    Duration repeat =
        route.repeatNanos().isPresent()
            ? Duration.ofNanos(route.repeatNanos().getAsLong())
            : policy.timing().repeat();
    firing.forEach(
        (key, members) -> {
          AlertGroup group = Objects.requireNonNull(known.get(key), key);
          AlertGroup.Step step =
              group.step(members, silenced, acknowledged, policy.timing(), repeat, now);
          step.group().ifPresent(groups::add);
          step.reason()
              .ifPresent(reason -> notices.add(notice(route, group, step, reason, members)));
        });
  }

  private static boolean isKnown(Alert alert, List<AlertGroup> groups) {
    return groups.stream().anyMatch(group -> group.told().contains(alert.fingerprint()));
  }

  /**
   * The group of an alert: that in which people know it; else its own, while there are not many.
   */
  private String place(Alert alert, Route route, Map<String, AlertGroup> known) {
    for (AlertGroup group : known.values()) {
      if (group.told().contains(alert.fingerprint())) {
        return group.key();
      }
    }
    SortedMap<String, String> labels = common(alert, route);
    String own = key(route, labels);
    if (!known.containsKey(own)) {
      String others = route.name() + ':' + OTHERS;
      long many = known.keySet().stream().filter(key -> !key.equals(others)).count();
      if (many >= policy.timing().mostGroups()) {
        known.computeIfAbsent(
            others, key -> AlertGroup.fresh(route.name(), others, new TreeMap<>()));
        return others;
      }
      known.put(own, AlertGroup.fresh(route.name(), own, labels));
    }
    return own;
  }

  private static SortedMap<String, String> common(Alert alert, Route route) {
    var common = new TreeMap<String, String>();
    for (String name : route.groupBy()) {
      String label = name.equals("assertion") ? AlertRule.NAME : name;
      String value = alert.labels().get(label);
      if (value != null) {
        common.put(label, value);
      }
    }
    return common;
  }

  private static String key(Route route, SortedMap<String, String> labels) {
    var key = new StringBuilder(route.name()).append(":{");
    String before = "";
    for (Map.Entry<String, String> label : labels.entrySet()) {
      key.append(before).append(label.getKey()).append('=').append('"');
      key.append(cut(label.getValue()).replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
      before = ", ";
    }
    return key.append('}').toString();
  }

  private static String cut(String value) {
    return value.length() > LabelMatcher.LONGEST ? value.substring(0, LabelMatcher.LONGEST) : value;
  }

  private AlertNotice notice(
      Route route,
      AlertGroup before,
      AlertGroup.Step step,
      AlertGroup.Reason reason,
      Set<String> firing) {
    AlertGroup told = step.group().orElse(before);
    Collection<String> fires = step.group().isPresent() ? told.told() : Set.of();
    return new AlertNotice(route, told, reason, sorted(fires), sorted(before.over(firing)), now);
  }

  private List<Alert> sorted(Collection<String> fingerprints) {
    return fingerprints.stream()
        .map(alerts::get)
        .filter(Objects::nonNull)
        .sorted(
            Comparator.comparingInt(
                    (Alert alert) ->
                        LEVELS.indexOf(alert.labels().getOrDefault(AlertRule.LEVEL, "info")))
                .thenComparing(alert -> Objects.requireNonNullElse(alert.startsAt(), now))
                .thenComparing(Alert::fingerprint))
        .toList();
  }
}
