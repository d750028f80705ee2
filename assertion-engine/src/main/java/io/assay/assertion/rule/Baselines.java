package io.assay.assertion.rule;

import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ir.Windowing.Baseline;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks what a window is held against: {@code baseline(last 7d)}. */
final class Baselines {
  static final String NAME = "baseline";

  private static final String FORMS =
      "as in: baseline(last 7d), baseline(\"2026-06\"), baseline(\"may.jsonl\"),"
          + " baseline(version(\"3\"))";

  private static final Pattern PINNED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private final ExpressionChecker expressions;
  private final Amounts amounts;

  Baselines(ExpressionChecker expressions) {
    this.expressions = expressions;
    this.amounts = new Amounts(expressions);
  }

  Optional<Baseline> baseline(String statistic, Expr expr, Scope scope) {
    List<Expr> parts = argumentsOf(expr, NAME);
    if (parts.size() == 1) {
      return switch (parts.getFirst()) {
        case Expr.Last last ->
            amounts.duration(last.amount(), scope, "'baseline(last …)'").map(Baseline.Last::new);
        case Expr.StringLiteral text -> named(text.value(), expr);
        case Expr.Call version when argumentsOf(version, "version").size() == 1 ->
            version(version, argumentsOf(version, "version").getFirst(), scope);
        default -> unknown(statistic, expr);
      };
    }
    return unknown(statistic, expr);
  }

  private static List<Expr> argumentsOf(Expr expr, String function) {
    return expr instanceof Expr.Call call
            && call.target() == null
            && call.function().text().equals(function)
        ? call.arguments()
        : List.of();
  }

  /** A file is told from a pinned window by its ending. */
  private Optional<Baseline> named(String text, Expr expr) {
    if (text.endsWith(".jsonl")) {
      return Optional.of(new Baseline.File(text));
    }
    if (PINNED.matcher(text).matches()) {
      return Optional.of(new Baseline.Pinned(text));
    }
    expressions.error(
        IssueCode.OUT_OF_BOUNDS,
        expr.span(),
        "the name of a pinned window is made of letters, digits, '-', '_' and '.'",
        Optional.of("a file ends in .jsonl; " + FORMS));
    return Optional.empty();
  }

  private Optional<Baseline> version(Expr.Call call, Expr version, Scope scope) {
    if (!(version instanceof Expr.StringLiteral text)) {
      return unknown("version", call);
    }
    if (scope.stream().flatMap(s -> s.type().version()).isEmpty()) {
      expressions.error(
          IssueCode.MISSING_FIELD,
          call.span(),
          "the stream does not say which field is its model's version",
          Optional.of("as in: model scorer version model_version"));
      return Optional.empty();
    }
    return Optional.of(new Baseline.Version(text.value()));
  }

  private Optional<Baseline> unknown(String statistic, Expr expr) {
    expressions.error(
        IssueCode.WRONG_TYPE,
        expr.span(),
        "'%s' needs a baseline here".formatted(statistic),
        Optional.of(FORMS));
    return Optional.empty();
  }
}
