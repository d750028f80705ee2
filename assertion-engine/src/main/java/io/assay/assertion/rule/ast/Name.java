package io.assay.assertion.rule.ast;

import io.assay.assertion.rule.Span;

/** A name as it was written, without back-quotes. */
public record Name(String text, Span span) {}
