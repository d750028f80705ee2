package io.assay.stream.training;

import io.assay.imputation.Reservoir;

/**
 * Rows of a stream that were read back from its topic.
 *
 * @param read records, those that could not be read among them
 * @param unreadable of them
 * @param fromMillis the broker's time of the oldest
 * @param later values that came later than their event
 */
record Sample(Reservoir rows, long read, long unreadable, long fromMillis, LateValues later) {}
