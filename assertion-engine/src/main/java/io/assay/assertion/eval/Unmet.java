package io.assay.assertion.eval;

import io.assay.assertion.Violation;
import io.assay.assertion.eval.term.Evidence;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
        IntStream.range(1, values.size())
            .filter(i -> !values.get(i).threshold())
            .limit(MOST_VALUES)
            .mapToObj(i -> values.get(i).expression() + " = " + came(i, values.get(i).value()))
            .collect(Collectors.joining(", "));
    return "%s: %s`%s` does not hold of %s%s"
        .formatted(
            scope.title(),
            name.map(given -> given + ", ").orElse(""),
            shortened(values.getFirst().expression(), LONGEST_EXPRESSION),
            subject,
            came.isEmpty() ? "" : ": " + came);
  }

  /**
   * Marks that stand in the data itself must not mask, nor end a mask. What is masked is a text,
   * and is said here as what it is.
   */
  private String came(int place, String json) {
    String whole = Evidence.unmarked(json);
    if (!json.startsWith("\"" + Evidence.MASK)) {
      return shortened(whole, LONGEST_VALUE);
    }
    boolean bare = asked.isBare(place);
    String text = bare ? whole.substring(1, whole.length() - 1) : whole;
    return Evidence.masked(shortened(text, LONGEST_VALUE));
  }

  private static String shortened(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest) + "…";
  }
}
