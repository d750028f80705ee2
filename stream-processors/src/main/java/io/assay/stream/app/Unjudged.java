package io.assay.stream.app;

import io.assay.assertion.Mode;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Assertions that are meant to judge live and do not, and why not. */
final class Unjudged {
  private Unjudged() {}

  /** By name, in order of declaration; drafts are meant not to. */
  static Map<String, String> of(CheckedRules rules) {
    Map<String, String> why = new LinkedHashMap<>();
    for (CheckedAssertion assertion : rules.all()) {
      if (assertion.mode() != Mode.DRAFT) {
        reason(rules, assertion).ifPresent(reason -> why.put(assertion.name(), reason));
      }
    }
    return why;
  }

  private static Optional<String> reason(CheckedRules rules, CheckedAssertion assertion) {
    if (rules.pending().contains(assertion)) {
      return Optional.of(
          "'%s' is not evaluated in this version"
              .formatted(assertion.pendingClause().orElse("when")));
    }
    return assertion
        .context()
        .trigger()
        .flatMap(trigger -> rules.assertion(trigger.assertion()))
        .filter(other -> other.mode() == Mode.DRAFT)
        .map(other -> "it waits for '%s', which is a draft".formatted(other.name()));
  }
}
