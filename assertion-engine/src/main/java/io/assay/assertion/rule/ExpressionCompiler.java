package io.assay.assertion.rule;

import io.assay.assertion.event.Type;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks an expression that stands alone, outside of any rule. */
public final class ExpressionCompiler {
  private final Reading reading;

  /**
   * @param late whether what the checker refuses fails only when it is evaluated, where {@code &&}
   *     and {@code ||} may absorb it
   */
  public ExpressionCompiler(Dialect dialect, boolean late) {
    this.reading = new Reading(dialect, late);
  }

  public Dialect dialect() {
    return reading.dialect();
  }

  /**
   * @param variables the types of the names that the expression may use; a name may have dots
   */
  public CheckedExpression compile(SourceFile source, Map<String, Type> variables) {
    List<Issue> issues = new ArrayList<>();
    Scope scope = Scope.ofVariables(variables);
    Optional<Expr> parsed =
        RuleParser.parseExpression(
            source.text(), new Spans(source), issues::add, reading.dialect());
    Optional<Term> checked =
        parsed.map(expr -> new ExpressionChecker(issues::add, reading).check(expr, scope));
    return new CheckedExpression(
        issues.stream().anyMatch(Issue::isError) ? Optional.empty() : checked,
        scope.variables(),
        scope.locals(),
        issues);
  }
}
