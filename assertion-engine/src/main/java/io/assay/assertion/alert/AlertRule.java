package io.assay.assertion.alert;

import io.assay.assertion.rule.ir.CheckedAssertion;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One reason to tell people: a line {@code alert when …} of an active assertion, or one that every
 * active assertion has by itself.
 *
 * @param condition as it is written, with its {@code for}: part of what an alert is known by
 * @param routes whom to tell; none: it is shown only
 * @param groupBy of all its routes
 */
public record AlertRule(
    CheckedAssertion assertion,
    String condition,
    AlertCause cause,
    Duration lasting,
    Duration keep,
    List<String> routes,
    List<String> groupBy) {
  /** Labels that every alert may have; a field of a stream is never taken for one of them. */
  public static final String NAME = "alertname";

  public static final String PROJECT = "project";
  public static final String LEVEL = "level";
  public static final String STREAM = "stream";
  public static final String CONDITION = "condition";
  public static final String MODEL = "model";

  public AlertRule {
    routes = List.copyOf(routes);
    groupBy = List.copyOf(groupBy);
  }

  /** Of which alert this is a rule: what its labels have in common. */
  public String key() {
    return assertion.name() + '\n' + condition;
  }

  /** What all its alerts are labelled with. */
  public SortedMap<String, String> labels(String project) {
    var labels = new TreeMap<String, String>();
    labels.put(NAME, assertion.name());
    labels.put(PROJECT, project);
    labels.put(LEVEL, assertion.level().name().toLowerCase(Locale.ROOT));
    labels.put(STREAM, assertion.on().name());
    labels.put(CONDITION, condition);
    assertion.on().model().ifPresent(model -> labels.put(MODEL, model));
    return labels;
  }

  public AlertTerms terms(Duration longestGap) {
    return new AlertTerms(lasting, keep, longestGap);
  }
}
