package io.assay.assertion.rule;

import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Context.Trigger;
import io.assay.assertion.rule.ir.Kind;
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

  /** {@code momentary}: whether the one that waits judges each event for itself. */
  Optional<Trigger> trigger(Clause.When clause, String on, boolean momentary) {
    Optional<CheckedAssertion> other = others.apply(clause);
    if (other.isPresent() && !other.get().on().name().equals(on)) {
      expressions.error(
          IssueCode.WRONG_TYPE,
          clause.assertion().span(),
          "'when' needs an assertion on the same stream: '%s' is on '%s', this one on '%s'"
              .formatted(other.get().name(), other.get().on().name(), on));
      return Optional.empty();
    }
    if (other.isPresent() && !judgesEvents(other.get())) {
      return error(
          clause,
          "'when' needs an assertion that judges single events, and '%s' does not"
              .formatted(other.get().name()));
    }
    if (other.isPresent() && other.get().context().join().isPresent() && !momentary) {
      return error(
          clause,
          "'when' with an assertion over joined streams goes with 'expect' and 'match'; '%s' has a join"
              .formatted(other.get().name()));
    }
    return other.map(o -> new Trigger(o.name(), o.judgementHash()));
  }

  private Optional<Trigger> error(Clause.When clause, String message) {
    expressions.error(IssueCode.CONFLICTING_CLAUSES, clause.assertion().span(), message);
    return Optional.empty();
  }

  private static boolean judgesEvents(CheckedAssertion other) {
    return other.context().windowing().isEmpty()
        && other.context().versions().isEmpty()
        && !(other.kind() instanceof Kind.Silence);
  }
}
