package io.assay.web.alerts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is told of a group of alerts, to all targets of a route. It is kept as JSON until every
 * target has it; texts in it are masked already where fields are private.
 *
 * @param groupKey the same for all notices of a group
 * @param groupLabels what the alerts of the group have in common, by which they are grouped
 * @param alerts those that fire first; at most {@link #MOST_ALERTS}
 * @param leftOut how many more the group has
 * @param at when the states were those
 */
public record Notice(
    String project,
    String route,
    String groupKey,
    SortedMap<String, String> groupLabels,
    Status status,
    Reason reason,
    List<NoticeAlert> alerts,
    int leftOut,
    Instant at) {
  /** More say nothing to a person, and receivers limit sizes. */
  public static final int MOST_ALERTS = 100;

  public Notice {
    groupLabels = new TreeMap<>(groupLabels);
    alerts = List.copyOf(alerts);
  }

  /** Of a group: {@code FIRING} while one of its alerts is. */
  public enum Status {
    FIRING,
    RESOLVED
  }

  /** Why people are told. */
  public enum Reason {
    /** The group fires, and did not. */
    NEW,
    /** An alert came to the group, or left it. */
    CHANGED,
    /** Nothing changed for as long as the route's {@code repeat} says. */
    REPEATED,
    RESOLVED,
    /** A person tries whether notices arrive. */
    TEST
  }

  /** Labels that all alerts have with the same value. */
  public SortedMap<String, String> commonLabels() {
    return common(alerts.stream().map(alert -> (Map<String, String>) alert.labels()).toList());
  }

  /** Annotations that all alerts have with the same value. */
  public SortedMap<String, String> commonAnnotations() {
    return common(alerts.stream().map(alert -> (Map<String, String>) alert.annotations()).toList());
  }

  private static SortedMap<String, String> common(List<Map<String, String>> all) {
    var out = new TreeMap<String, String>();
    if (!all.isEmpty()) {
      out.putAll(all.getFirst());
      all.forEach(one -> out.entrySet().retainAll(one.entrySet()));
    }
    return out;
  }
}
