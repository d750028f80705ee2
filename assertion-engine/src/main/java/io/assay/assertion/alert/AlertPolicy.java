package io.assay.assertion.alert;

import io.assay.assertion.rule.ir.Route;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be told, and how.
 *
 * @param rules the reasons, by {@link AlertRule#key()}
 * @param longestGap between two looks
 */
public record AlertPolicy(
    Map<String, AlertRule> rules,
    List<Route> routes,
    List<Silence> silences,
    GroupTiming timing,
    Duration longestGap) {
  public AlertPolicy {
    rules = Map.copyOf(rules);
    routes = List.copyOf(routes);
    silences = List.copyOf(silences);
  }

  public static AlertPolicy of(
      List<AlertRule> rules,
      List<Route> routes,
      List<Silence> silences,
      GroupTiming timing,
      Duration longestGap) {
    Map<String, AlertRule> byKey = new HashMap<>();
    rules.forEach(rule -> byKey.put(rule.key(), rule));
    return new AlertPolicy(byKey, routes, silences, timing, longestGap);
  }

  /** Of a rule that is gone nothing is kept: its alerts are over at once. */
  AlertTerms terms(String rule) {
    AlertRule known = rules.get(rule);
    return known == null
        ? new AlertTerms(Duration.ZERO, Duration.ZERO, longestGap)
        : known.terms(longestGap);
  }
}
