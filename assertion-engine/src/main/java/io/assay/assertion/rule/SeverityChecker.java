package io.assay.assertion.rule;

import io.assay.assertion.Level;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ir.Term;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Checks how bad a violation is: a number, 0 or more. */
final class SeverityChecker {
  private final ExpressionChecker expressions;

  SeverityChecker(ExpressionChecker expressions) {
    this.expressions = expressions;
  }

  Term severity(Clause.Severity clause, Scope names) {
    if (clause.value() instanceof Expr.Ident ident && isLevel(ident.name())) {
      return expressions.error(
          IssueCode.WRONG_TYPE,
          ident.span(),
          "a severity is a number, '%s' is a level".formatted(ident.name()),
          Optional.of("write: level %s".formatted(ident.name())));
    }
    return number(expressions.check(clause.value(), names));
  }

  /** {@code violated}: what is known of values where there is something to be graded. */
  void plausible(Term severity, Ranges violated) {
    if (Subterms.isBroken(severity)) {
      return;
    }
    Interval range = violated.of(severity);
    if (range.high() < 0) {
      negative(severity, "this one is always " + (isOne(range) ? number(range.low()) : "below 0"));
    } else if (range.high() > 0 && range.low() < 0 && !isEndless(range) && eachOnce(severity)) {
      negative(severity, "this one can be as low as " + number(range.low()));
    } else if (range.high() == 0) {
      neverViolated(severity, range.low() == 0 ? "of 0" : "that is never above 0");
    }
  }

  private void neverViolated(Term severity, String which) {
    expressions.error(
        IssueCode.NEVER_VIOLATED,
        severity.span(),
        "a severity %s says nothing: this can never be violated".formatted(which));
  }

  private void negative(Term severity, String which) {
    expressions.error(
        IssueCode.NEGATIVE_SEVERITY, severity.span(), "a severity is 0 or more; " + which);
  }

  private static boolean isEndless(Interval range) {
    return range.low() == Double.NEGATIVE_INFINITY;
  }

  private static boolean isOne(Interval range) {
    return range.low() == range.high();
  }

  private static String number(double value) {
    return TypeText.number(value);
  }

  /** Intervals take what is named twice for two values, so nothing is concluded from them. */
  private static boolean eachOnce(Term severity) {
    var seen = new HashSet<String>();
    return Subterms.all(severity)
        .filter(part -> part instanceof Term.Read || part instanceof Term.Select)
        .filter(part -> part.type().isFloating() || part.type().isPrimitive())
        .allMatch(part -> seen.add(CanonicalTerm.of(part)));
  }

  private static boolean isLevel(String name) {
    return Arrays.stream(Level.values())
        .anyMatch(level -> level.name().toLowerCase(Locale.ROOT).equals(name));
  }

  private Term number(Term term) {
    return switch (term.type()) {
      case Basic basic when basic == Basic.UNKNOWN -> term;
      case Basic basic when basic == Basic.INT ->
          OverloadChooser.promoted(term, Basic.DOUBLE)
              .orElseGet(
                  () -> new Term.Call("double_int", List.of(term), Basic.DOUBLE, term.span()));
      case Basic basic when basic == Basic.DYN ->
          new Term.Call("double_dyn", List.of(term), Basic.DOUBLE, term.span());
      case Basic basic when basic.isFloating() && basic != Basic.LENGTH -> term;
      default ->
          expressions.error(
              IssueCode.WRONG_TYPE,
              term.span(),
              "a severity is a number, got %s".formatted(TypeText.aOrAn(term.type())),
              perUnit(term.type()));
    };
  }

  private static Optional<String> perUnit(Type type) {
    if (type == Basic.DURATION) {
      return Optional.of("divide it by a duration, as in: gap / 500ms");
    }
    return type == Basic.LENGTH
        ? Optional.of("divide it by a length, as in: b.distance / 10metres")
        : Optional.empty();
  }
}
