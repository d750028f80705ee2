package io.assay.assertion.rule;

import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks the lines of {@code expect}, each with a verdict of its own. */
final class ExpectKinds {
  private final ClauseList clauses;
  private final ExpressionChecker expressions;

  ExpectKinds(ClauseList clauses, ExpressionChecker expressions) {
    this.clauses = clauses;
    this.expressions = expressions;
  }

  List<Kind.Expectation> lines(Scope scope) {
    var names = new HashSet<String>();
    var expectations = new ArrayList<Kind.Expectation>();
    for (Clause.Expect expect : clauses.all(Clause.Expect.class)) {
      name(expect.label(), names);
      Term condition = expressions.check(expect.condition(), scope, Basic.BOOL, "'expect'");
      if (Folding.isTrueOrFalse(condition)) {
        expressions.error(
            IssueCode.CONSTANT_CONDITION,
            condition.span(),
            "'expect' is always %s".formatted(((Term.Constant) condition).value()));
      }
      expectations.add(
          new Kind.Expectation(
              Optional.ofNullable(expect.label()).map(Name::text),
              expect.whenPresent() ? new Term.WhenPresent(condition, expect.span()) : condition));
    }
    return expectations;
  }

  private void name(@org.jspecify.annotations.Nullable Name label, Set<String> names) {
    if (label != null && !names.add(label.text())) {
      expressions.error(
          IssueCode.DUPLICATE,
          label.span(),
          "an expectation is called '%s' already".formatted(label.text()));
    }
  }
}
