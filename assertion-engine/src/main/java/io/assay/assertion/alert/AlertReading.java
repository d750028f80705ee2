package io.assay.assertion.alert;

/**
 * A value against its limit. Where there is nothing to measure there is no reading: no data is not
 * zero, and not a violation either.
 *
 * @param holds whether people are to be told
 * @param value with its unit, and what it is a share of
 * @param threshold in the words of the rule
 */
public record AlertReading(boolean holds, String value, String threshold) {}
