package io.assay.assertion.eval.term;

import io.assay.assertion.rule.CheckedExpression;
import io.assay.assertion.rule.Dialect;
import io.assay.assertion.rule.ir.Term;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** An expression that stands alone, compiled: from the values of its variables to a value. */
final class Calculation {
  private final ReferenceTerm plan;
  private final Map<String, Slot> slots = new HashMap<>();
  private final int locals;

  /**
   * @throws IllegalArgumentException if the expression has an error
   */
  Calculation(CheckedExpression checked, Dialect dialect) {
    var compiler = new TermCompiler(Optional.empty(), dialect);
    Term term =
        checked
            .term()
            .orElseThrow(() -> new IllegalArgumentException("errors: " + checked.issues()));
    this.plan = compiler.dynamic(term);
    this.locals = checked.locals();
    checked.variables().forEach((name, local) -> slots.put(name, Slot.of(compiler, local)));
  }

  /**
   * @param values of the variables; one that is not given is missing
   * @return an object whose class tells its type
   * @throws NoValue if the expression has none
   */
  Object value(Map<String, Object> values) {
    var frame = new Frame(locals);
    slots.forEach(
        (name, slot) -> {
          Object value = values.get(name);
          if (value != null) {
            slot.put(frame, value);
          }
        });
    return plan.value(frame);
  }
}
