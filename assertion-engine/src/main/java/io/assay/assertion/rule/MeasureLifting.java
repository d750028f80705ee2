package io.assay.assertion.rule;

import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ir.Context.Measure;
import io.assay.assertion.rule.ir.Context.Measured;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code neighbours(5)} between two releases: a measure that takes a number. */
final class MeasureLifting implements Lifting {
  private static final String NEIGHBOURS = "neighbours";

  private final ExpressionChecker expressions;
  private final Map<Long, Local> neighbours = new LinkedHashMap<>();

  MeasureLifting(ExpressionChecker expressions) {
    this.expressions = expressions;
  }

  @Override
  public Optional<Term> lift(Expr.Call call, Scope scope) {
    if (call.target() != null || !call.function().text().equals(NEIGHBOURS)) {
      return Optional.empty();
    }
    if (call.arguments().size() != 1) {
      return Optional.of(
          expressions.error(
              IssueCode.NO_OVERLOAD,
              call.span(),
              "'neighbours' takes how many of the nearest are compared",
              Optional.of("as in: neighbours(5)")));
    }
    return Optional.of(
        new Amounts(expressions)
            .count(call.arguments().getFirst(), scope, 1, "'neighbours'")
            .<Term>map(k -> new Term.Read(neighbours(k, scope), call.span()))
            .orElseGet(() -> ExpressionChecker.unknown(call.span())));
  }

  private Local neighbours(long count, Scope scope) {
    return neighbours.computeIfAbsent(
        count, k -> scope.give("neighbours(%d)".formatted(k), Basic.DOUBLE));
  }

  List<Measured> measured() {
    var measured = new ArrayList<Measured>();
    neighbours.forEach((k, local) -> measured.add(new Measured(new Measure.Neighbours(k), local)));
    return measured;
  }
}
