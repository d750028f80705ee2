package io.assay.stream.training;

import io.assay.stream.contract.ImputerObserved;
import io.assay.stream.imputation.ImputedStream;

/**
 * A training that came to a version.
 *
 * @param generation of the rules that asked for it
 */
record Trained(
    ImputedStream stream,
    long generation,
    Learning.Outcome.Learned learned,
    Sample sample,
    ImputerObserved observed,
    double seconds) {}
