package io.assay.assertion.rule;

import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ir.Term;
import java.util.Optional;

/**
 * Takes calls that work on many events out of an expression, and leaves a variable in their place:
 * statistics of a window, what is gathered over the sightings of an identity.
 */
interface Lifting {
  /** Empty: a function like any other. */
  Optional<Term> lift(Expr.Call call, Scope scope);
}
