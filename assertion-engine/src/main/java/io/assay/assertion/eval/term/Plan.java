package io.assay.assertion.eval.term;

/**
 * A compiled expression, in one of four forms by the type of its value. All throw {@link NoValue}.
 */
public sealed interface Plan permits BoolTerm, LongTerm, DoubleTerm, ReferenceTerm {}
