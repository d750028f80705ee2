package io.assay.web.labels;

/**
 * What an export came to.
 *
 * @param samples that are in it
 * @param entries lines, tasks or annotations in it
 * @param leftOut samples that the format has no place for, or whose truth nobody knows
 */
public record Exported(int samples, int entries, int leftOut) {}
