package io.assay.assertion.rule;

import io.assay.assertion.event.Type;
import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Term;
import io.assay.assertion.rule.ir.Window;
import io.assay.assertion.rule.ir.Windowing;
import java.util.Optional;

/** Finds what can be told of verdicts before anything runs: rules that say nothing. */
final class NeverViolated {
  private final ExpressionChecker expressions;
  private final Span span;

  /** {@code span}: what the kind's bound is told at. */
  NeverViolated(ExpressionChecker expressions, Span span) {
    this.expressions = expressions;
    this.span = span;
  }

  void kind(Kind kind) {
    switch (kind) {
      case Kind.Absent absent when isFewer(absent.lessThan(), 2) ->
          never("an absence lasts one event or more, so it is never less than 1");
      case Kind.Present present when isFewer(present.lessThan(), 2) ->
          never("what is seen is seen in one event or more, so never in less than 1");
      case Kind.Returns returns when returns.within().filter(w -> isFewer(w, 2)).isPresent() ->
          never("to change and to come back takes two events or more");
      case Kind.Transitions transitions
          when transitions.within() instanceof Bound.Events events
              && events.count() <= transitions.atMost() ->
          never(
              "%d events hold no more than %d changes"
                  .formatted(events.count(), transitions.atMost()));
      case Kind.Consistent consistent when isFewer(consistent.within(), 2) ->
          never("one event always agrees with itself");
      default -> {}
    }
  }

  private static boolean isFewer(Bound bound, long than) {
    return bound instanceof Bound.Events events && events.count() < than;
  }

  /** Less evidence than is asked for can ever be there. */
  void window(Window window, Windowing.Least least) {
    if (window instanceof Window.Last(Bound.Events events)
        && least.of() == Windowing.Unit.EVENTS
        && least.count() > events.count()) {
      tell(
          "the last %d events are never %d or more: this is always undecided"
              .formatted(events.count(), least.count()));
    }
  }

  private void never(String why) {
    tell("this can never be violated: " + why);
  }

  private void tell(String message) {
    expressions.error(IssueCode.NEVER_VIOLATED, span, message);
  }

  /** A condition that is the same for every event, or for all that {@code passed}. */
  static void condition(
      ExpressionChecker expressions, Term condition, Ranges passed, String clause) {
    if (Subterms.isBroken(condition)) {
      return;
    }
    Optional<Boolean> always = passed.always(condition);
    always.ifPresent(
        value ->
            expressions.error(
                IssueCode.CONSTANT_CONDITION,
                condition.span(),
                "%s is always %s".formatted(clause, value),
                Ranges.none().always(condition).isPresent()
                    ? byType(condition)
                    : Optional.of("of what passes 'where'")));
  }

  /** Where the range of a type decides, the built-in assertion says what lies outside of it. */
  private static Optional<String> byType(Term condition) {
    boolean shares =
        !(condition instanceof Term.Constant)
            && Subterms.all(condition)
                .anyMatch(t -> t.type() == Type.Basic.RATIO && !(t instanceof Term.Constant));
    return shares
        ? Optional.of("a ratio lies in 0 .. 1, as 0.5 or 50%; one that does not violates 'schema'")
        : Optional.empty();
  }
}
