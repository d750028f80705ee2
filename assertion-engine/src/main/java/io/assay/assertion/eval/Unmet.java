package io.assay.assertion.eval;

import io.assay.assertion.Violation;
import io.assay.assertion.eval.term.Evidence;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is said of an unmet expectation by a rule without a sentence: what was asked, what came. */
final class Unmet {
  private static final int MOST_VALUES = 6;
  private static final int LONGEST_VALUE = 60;
  private static final int LONGEST_EXPRESSION = 200;

  private final Scope scope;
  private final Optional<String> name;
  private final Evidence asked;

  Unmet(Scope scope, Optional<String> name, Term condition) {
    this.scope = scope;
    this.name = name;
    this.asked = Evidence.of(scope.terms, List.of(condition));
  }

  /**
   * @param subject {@code the event}, {@code element 2}
   */
  String sentence(String subject) {
    List<Violation.Value> values = asked.values(scope.frame);
    String came =
        values.stream()
            .skip(1)
            .filter(value -> !value.threshold())
            .limit(MOST_VALUES)
            .map(value -> value.expression() + " = " + came(value.value()))
            .collect(Collectors.joining(", "));
    return "%s: %s`%s` does not hold of %s%s"
        .formatted(
            scope.title(),
            name.map(given -> given + ", ").orElse(""),
            shortened(values.getFirst().expression(), LONGEST_EXPRESSION),
            subject,
            came.isEmpty() ? "" : ": " + came);
  }

  /** Marks that stand in the data itself must not mask, nor end a mask. */
  private static String came(String json) {
    String text = shortened(Evidence.unmarked(json), LONGEST_VALUE);
    return json.startsWith("\"" + Evidence.MASK) ? Evidence.masked(text) : text;
  }

  private static String shortened(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest) + "…";
  }
}
