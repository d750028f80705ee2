package io.assay.assertion.rule.ast;

import io.assay.assertion.rule.Span;

/** A limit of time, or of events of the key where {@code events} was written. */
public record Bound(Expr amount, boolean events, Span span) {}
