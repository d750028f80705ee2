package io.assay.assertion.statistics;

/**
 * What a statistical test says.
 *
 * @param pValue how often chance alone gives such a statistic, or a larger one
 */
public record TestResult(double statistic, double pValue) {}
