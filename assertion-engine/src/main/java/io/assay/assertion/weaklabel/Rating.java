package io.assay.assertion.weaklabel;

/**
 * What a rater said of an item, as one of several names: an answer of a review, a class.
 *
 * @param item the same for all who rate it
 * @param rater who
 * @param answer what; only whether two are equal counts
 */
public record Rating(String item, String rater, String answer) {}
