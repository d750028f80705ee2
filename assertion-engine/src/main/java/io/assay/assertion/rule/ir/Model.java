package io.assay.assertion.rule.ir;

import java.util.Optional;

/** A declared model. */
public record Model(String name, Optional<String> title, Optional<String> owner) {}
