package io.assay.stability;

import java.util.OptionalDouble;

/**
 * What a running comparison says now.
 *
 * @param displacement absent where it was not asked for, or no row has a direction
 * @param counted rows with a direction on both sides
 * @param neighbours over the sample alone; absent where it has too few rows
 * @param sampled rows of the sample
 * @param precise whether rounding stays within the tolerance asked for
 */
public record PairMeasures(
    long rows,
    Terms terms,
    OptionalDouble displacement,
    long counted,
    OptionalDouble neighbours,
    int sampled,
    boolean precise) {}
