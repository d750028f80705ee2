package io.assay.bench.learning;

/**
 * That the model's output for a row violates an assertion.
 *
 * @param row of the pool, from 0
 * @param corrected what the output should have been, 0 or 1: the other one
 */
record Flag(String assertion, int row, double severity, double corrected) {}
