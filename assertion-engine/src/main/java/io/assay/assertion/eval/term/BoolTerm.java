package io.assay.assertion.eval.term;

/** A condition. */
@FunctionalInterface
public non-sealed interface BoolTerm extends Plan {
  boolean test(Frame frame);
}
