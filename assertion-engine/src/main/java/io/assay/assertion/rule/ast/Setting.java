package io.assay.assertion.rule.ast;

/** A name and the value given to it: {@code area = rect(1, 2, 3, 4)}. */
public record Setting(Name name, Expr value) {}
