package io.assay.assertion.rule;

import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Context.Trigger;
import java.util.Optional;
import java.util.function.Function;

/** Checks {@code when ASSERTION violated}: cheap first. */
final class TriggerChecker {
  private final ExpressionChecker expressions;
  private final Function<Clause.When, Optional<CheckedAssertion>> others;

  /** {@code others}: another assertion, checked; empty where it is none, and that is told. */
  TriggerChecker(
      ExpressionChecker expressions, Function<Clause.When, Optional<CheckedAssertion>> others) {
    this.expressions = expressions;
    this.others = others;
  }

  Optional<Trigger> trigger(Clause.When clause, String on) {
    Optional<CheckedAssertion> other = others.apply(clause);
    if (other.isPresent() && !other.get().on().name().equals(on)) {
      expressions.error(
          IssueCode.WRONG_TYPE,
          clause.assertion().span(),
          "'when' needs an assertion on the same stream: '%s' is on '%s', this one on '%s'"
              .formatted(other.get().name(), other.get().on().name(), on));
      return Optional.empty();
    }
    return other.map(o -> new Trigger(o.name(), o.judgementHash()));
  }
}
