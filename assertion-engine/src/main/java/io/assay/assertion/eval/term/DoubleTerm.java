package io.assay.assertion.eval.term;

/** A number, whatever its unit. */
@FunctionalInterface
public non-sealed interface DoubleTerm extends Plan {
  double value(Frame frame);
}
