package io.assay.assertion.rule.ast;

import io.assay.assertion.rule.Span;

/** A quoted text, its escapes resolved. */
public record Text(String value, Span span) {}
