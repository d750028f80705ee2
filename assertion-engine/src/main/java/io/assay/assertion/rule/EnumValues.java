package io.assay.assertion.rule;

import io.assay.assertion.event.Type;
import io.assay.assertion.rule.ir.Term;
import java.util.Optional;

/** Texts that stand where an enum's value is needed. */
final class EnumValues {
  private EnumValues() {}

  /** What is wrong with a text that the enum does not have: it could never come. */
  static Optional<Issue> unknown(Term value, Type type) {
    if (!(value instanceof Term.Constant(String text, Type ignored, Span span))
        || !(type instanceof Type.EnumOf values)
        || values.values().contains(text)) {
      return Optional.empty();
    }
    return Optional.of(
        new Issue(
            IssueCode.UNKNOWN_VALUE,
            span,
            "'%s' is not one of the declared values %s"
                .formatted(text, String.join(", ", values.values())),
            Suggestions.didYouMean(text, values.values())));
  }
}
