package io.assay.web.rules;

import io.assay.assertion.Level;
import io.assay.assertion.Mode;
import io.assay.assertion.canonical.CanonicalRules;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which critical assertions a change would make active, change while they are, or end. */
final class CriticalChanges {
  private CriticalChanges() {}

  /**
   * Names in order. Layout, comments, and what stands in other blocks change nothing; the stream
   * that is judged, and parameters, do.
   *
   * @param before the rules in force; none where these are the first
   */
  static List<String> of(Optional<CheckedRules> before, CheckedRules after) {
    Map<String, String> old = before.map(CriticalChanges::active).orElse(Map.of());
    Map<String, String> now = active(after);
    return Stream.concat(old.keySet().stream(), now.keySet().stream())
        .distinct()
        .filter(name -> !old.getOrDefault(name, "").equals(now.getOrDefault(name, "")))
        .sorted()
        .toList();
  }

  /** Their canonical forms. */
  private static Map<String, String> active(CheckedRules rules) {
    return rules.assertions().stream()
        .filter(one -> one.mode() == Mode.ACTIVE && one.level() == Level.CRITICAL)
        .collect(
            Collectors.toMap(
                CheckedAssertion::name, CanonicalRules::withoutPlaces, (one, other) -> one));
  }
}
