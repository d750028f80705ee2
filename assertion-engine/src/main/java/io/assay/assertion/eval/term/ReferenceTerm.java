package io.assay.assertion.eval.term;

/**
 * A value kept as an object, or any value boxed: Boolean, Long, Double, {@link Unsigned}, String,
 * ByteBuffer, Instant and Duration where the type is known at run time only, List, Map, Row, Rect,
 * double[], or None.
 */
@FunctionalInterface
public non-sealed interface ReferenceTerm extends Plan {
  Object value(Frame frame);
}
