package io.assay.stability;

import java.util.OptionalDouble;

/**
 * What a comparison found.
 *
 * @param neighbours the share of nearest neighbours in common; absent where there are too few rows
 * @param precise whether rounding stays within the tolerance asked for
 * @param centroids distance of the means; absent of different dimensions
 * @param discrepancy maximum mean discrepancy; absent of different dimensions
 */
public record StabilityReport(
    int rows,
    Terms terms,
    OptionalDouble neighbours,
    Displacement displacement,
    boolean precise,
    OptionalDouble centroids,
    OptionalDouble discrepancy) {}
