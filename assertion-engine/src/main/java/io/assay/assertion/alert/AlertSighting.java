package io.assay.assertion.alert;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A condition that was found true.
 *
 * @param labels what the alert is known by
 * @param annotations what is said of it now
 * @param violation what shows it, as a path below the project's violations; empty where nothing
 *     does
 */
public record AlertSighting(
    AlertRule rule,
    SortedMap<String, String> labels,
    SortedMap<String, String> annotations,
    Optional<String> violation) {
  /** The sentence, the value, and what is allowed. */
  public static final String SUMMARY = "summary";

  public static final String VALUE = "value";
  public static final String THRESHOLD = "threshold";

  public AlertSighting {
    labels = new TreeMap<>(labels);
    annotations = new TreeMap<>(annotations);
  }

  /** Of a reading that holds, with what its rule is labelled with. */
  public static AlertSighting of(AlertRule rule, String project, AlertReading reading) {
    var said = new TreeMap<String, String>();
    said.put(
        SUMMARY,
        "%s: %s; %s is allowed"
            .formatted(
                rule.assertion().title().orElse(rule.assertion().name()),
                reading.value(),
                reading.threshold()));
    said.put(VALUE, reading.value());
    said.put(THRESHOLD, reading.threshold());
    rule.assertion().documentation().runbook().ifPresent(where -> said.put("runbook", where));
    rule.assertion().documentation().owner().ifPresent(who -> said.put("owner", who));
    return new AlertSighting(rule, rule.labels(project), said, Optional.empty());
  }

  /** With a label more. */
  public AlertSighting labelled(String name, String value) {
    var more = new TreeMap<>(labels);
    more.put(name, value);
    return new AlertSighting(rule, more, annotations, violation);
  }

  /** With something more that is said of it. */
  public AlertSighting saying(String name, String text) {
    var more = new TreeMap<>(annotations);
    more.put(name, text);
    return new AlertSighting(rule, labels, more, violation);
  }

  public AlertSighting shownBy(String path) {
    return new AlertSighting(rule, labels, annotations, Optional.of(path));
  }

  public String fingerprint() {
    return Fingerprint.of(labels);
  }
}
