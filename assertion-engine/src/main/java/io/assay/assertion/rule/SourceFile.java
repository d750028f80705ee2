package io.assay.assertion.rule;

/** A rule text and the name that messages call it by. */
public record SourceFile(String name, String text) {}
