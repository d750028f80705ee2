package io.assay.assertion.rule;

import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.Term;
import java.util.Optional;

/** Checks the constants of clauses: bounds, durations, counts and shares. */
final class Amounts {
  private final ExpressionChecker expressions;

  Amounts(ExpressionChecker expressions) {
    this.expressions = expressions;
  }

  /** A positive duration, or a positive count of events. */
  Optional<Bound> bound(io.assay.assertion.rule.ast.Bound bound, Scope scope, String what) {
    Basic wanted = bound.events() ? Basic.INT : Basic.DURATION;
    Term term =
        bound.amount() instanceof Expr.Quantity q
            ? expressions.quantity(q, wanted)
            : expressions.check(bound.amount(), scope);
    if (term.type() == Basic.UNKNOWN) {
      return Optional.empty();
    }
    if (term.type() != wanted) {
      return wrongBound(bound, term, what);
    }
    if (!(term instanceof Term.Constant(Long value, Type ignored, Span span))) {
      return notConstant(term.span(), what);
    }
    if (value < 1) {
      return outOfBounds(
          span,
          bound.events()
              ? "%s needs one event or more, got %d".formatted(what, value)
              : "%s needs a duration longer than nothing".formatted(what));
    }
    return Optional.of(bound.events() ? new Bound.Events(value) : new Bound.Time(value));
  }

  private Optional<Bound> wrongBound(
      io.assay.assertion.rule.ast.Bound bound, Term term, String what) {
    expressions.error(
        IssueCode.WRONG_TYPE,
        term.span(),
        bound.events()
            ? "%s needs a whole number of events, got %s"
                .formatted(what, TypeText.aOrAn(term.type()))
            : "%s needs a duration or a number of events, got %s"
                .formatted(what, TypeText.aOrAn(term.type())),
        !bound.events() && term.type() == Basic.INT
            ? Optional.of("give it a unit, as in 500ms, or count: 4 events")
            : Optional.empty());
    return Optional.empty();
  }

  /** Longer than nothing, in nanoseconds. */
  Optional<Long> duration(Expr expr, Scope scope, String what) {
    return constant(expr, scope, Basic.DURATION, what)
        .flatMap(
            constant ->
                constant.value() instanceof Long nanos && nanos < 1
                    ? outOfBounds(
                        constant.span(), "%s needs a duration longer than nothing".formatted(what))
                    : Optional.of((Long) constant.value()));
  }

  /** A whole number, at least so great. */
  Optional<Long> count(Expr expr, Scope scope, long least, String what) {
    return constant(expr, scope, Basic.INT, what)
        .flatMap(
            constant ->
                constant.value() instanceof Long count && count < least
                    ? outOfBounds(
                        constant.span(),
                        "%s needs %d or more, got %d".formatted(what, least, count))
                    : Optional.of((Long) constant.value()));
  }

  /** A share of all: 0 .. 1, as {@code 5%} or {@code 0.05}. */
  Optional<Double> share(Expr expr, Scope scope, String what) {
    return constant(expr, scope, Basic.RATIO, what)
        .flatMap(
            constant ->
                constant.value() instanceof Double share && (share < 0 || share > 1)
                    ? outOfBounds(
                        constant.span(),
                        "%s lies in 0 .. 1, got %s".formatted(what, TypeText.number(share)),
                        share > 1 && share <= 100
                            ? Optional.of("as a percent: %s%%".formatted(TypeText.number(share)))
                            : Optional.empty())
                    : Optional.of((Double) constant.value()));
  }

  /** A constant of a type; what else came is told. */
  Optional<Term.Constant> constant(Expr expr, Scope scope, Type wanted, String what) {
    Term term = expressions.check(expr, scope, wanted, what);
    if (term.type() == Basic.UNKNOWN) {
      return Optional.empty();
    }
    return term instanceof Term.Constant constant && constant.value() != Term.Null.NULL
        ? Optional.of(constant)
        : notConstant(term.span(), what);
  }

  <T> Optional<T> notConstant(Span span, String what) {
    expressions.error(
        IssueCode.NOT_CONSTANT, span, "%s needs a constant or a parameter".formatted(what));
    return Optional.empty();
  }

  private <T> Optional<T> outOfBounds(Span span, String message) {
    return outOfBounds(span, message, Optional.empty());
  }

  private <T> Optional<T> outOfBounds(Span span, String message, Optional<String> suggestion) {
    expressions.error(IssueCode.OUT_OF_BOUNDS, span, message, suggestion);
    return Optional.empty();
  }
}
