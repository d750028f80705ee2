package io.assay.assertion.eval.term;

/** A whole number; a timestamp or duration in nanoseconds. */
@FunctionalInterface
public non-sealed interface LongTerm extends Plan {
  long value(Frame frame);
}
