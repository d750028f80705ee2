package io.assay.assertion.rule;

import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An expression that stands alone, checked.
 *
 * @param term empty where an issue is an error
 * @param variables the variables that it was given
 * @param locals how many variables a frame needs, those of macros among them
 */
public record CheckedExpression(
    Optional<Term> term, Map<String, Local> variables, int locals, List<Issue> issues) {
  public CheckedExpression {
    variables = Map.copyOf(variables);
    issues = List.copyOf(issues);
  }
}
