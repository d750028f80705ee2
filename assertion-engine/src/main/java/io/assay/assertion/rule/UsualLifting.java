package io.assay.assertion.rule;

import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** In a severity: {@code unusual(x)} takes with it what was learned of {@code x}. */
final class UsualLifting implements Lifting {
  private final ExpressionChecker expressions;
  private final UsualBook book;
  private final String assertion;
  private final Optional<Lifting> others;
  private final List<Used> used = new ArrayList<>();

  /** What was learned, and where it is asked for. */
  record Used(Learned learned, Span span) {}

  /**
   * @param others what else is lifted here: statistics of a window
   */
  UsualLifting(
      ExpressionChecker expressions, UsualBook book, String assertion, Optional<Lifting> others) {
    this.expressions = expressions;
    this.book = book;
    this.assertion = assertion;
    this.others = others;
  }

  List<Used> used() {
    return used;
  }

  @Override
  public Optional<Term> lift(Expr.Call call, Scope scope) {
    boolean unusual = call.target() == null && call.function().text().equals(Unusual.FUNCTION);
    return unusual
        ? Optional.of(unusual(call, scope))
        : others.flatMap(lifting -> lifting.lift(call, scope));
  }

  private Term unusual(Expr.Call call, Scope scope) {
    if (call.arguments().size() != 1) {
      return expressions.error(
          IssueCode.NO_OVERLOAD,
          call.span(),
          "'unusual' takes one number, got %d".formatted(call.arguments().size()));
    }
    Term given = expressions.check(call.arguments().getFirst(), scope);
    if (given.type() == Basic.UNKNOWN) {
      return given;
    }
    Optional<Term> value = number(given);
    if (value.isEmpty()) {
      return expressions.error(
          IssueCode.NO_OVERLOAD,
          given.span(),
          "'unusual' takes a number, got %s".formatted(TypeText.aOrAn(given.type())),
          given.type() == Basic.DURATION
              ? Optional.of("divide it by a duration, as in: unusual(gap / 1s)")
              : Optional.empty());
    }
    return numbers(call, value.get())
        .<Term>map(
            numbers ->
                new Term.Call(
                    Unusual.OVERLOAD,
                    List.of(value.get(), new Term.Constant(numbers, Unusual.NUMBERS, call.span())),
                    Basic.DOUBLE,
                    call.span()))
        .orElseGet(() -> ExpressionChecker.unknown(call.span()));
  }

  private static Optional<Term> number(Term term) {
    if (term.type() == Basic.INT) {
      return Optional.of(new Term.Call("double_int", List.of(term), Basic.DOUBLE, term.span()));
    }
    return term.type().isFloating() ? Optional.of(term) : Optional.empty();
  }

  private Optional<List<Double>> numbers(Expr.Call call, Term value) {
    if (book.isLearning()) {
      return Optional.of(List.of());
    }
    Optional<Learned> learned = book.find(assertion, Unusual.of(value));
    if (learned.isEmpty()) {
      expressions.error(
          IssueCode.NOT_LEARNED,
          call.span(),
          "what is usual here has not been learned for assertion '%s'".formatted(assertion),
          Optional.of(
              "learn it from past events: ./assay learn usual %s --events PAST.jsonl"
                  .formatted(call.span().source())));
    }
    learned.ifPresent(known -> used.add(new Used(known, call.span())));
    return learned.map(Learned::numbers);
  }
}
