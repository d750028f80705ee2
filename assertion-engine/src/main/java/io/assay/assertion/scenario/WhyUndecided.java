package io.assay.assertion.scenario;

/**
 * Why windows were undecided, those told together whose reasons differ in numbers only.
 *
 * @param reason of the first
 * @param units how many
 * @param first the end of the first, nanoseconds since the epoch
 */
public record WhyUndecided(String reason, long units, long first) {}
