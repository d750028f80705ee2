package io.assay.assertion.selection;

/** A candidate that a source has drawn, not yet taken. */
record Draw(int candidate, Arm arm, String why, double probability) {}
