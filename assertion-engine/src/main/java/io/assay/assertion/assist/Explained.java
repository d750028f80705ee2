package io.assay.assertion.assist;

/**
 * What a word of a rule text means.
 *
 * @param start offset of the word, in UTF-16 units from 0
 * @param end offset behind it
 * @param title the word with its type, or signature
 * @param about sentences; lines are divided by a newline
 */
public record Explained(int start, int end, String title, String about) {}
