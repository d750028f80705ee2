package io.assay.assertion.rule;

/**
 * A stretch of a source text.
 *
 * @param source the name of the file
 * @param start offset of the first character, from 0, in UTF-16 units
 * @param end offset after the last character
 * @param line of the first character, from 1
 * @param column of the first character, from 1, in code points
 */
public record Span(String source, int start, int end, int line, int column) {
  /** Of what no text says: the built-in assertions. */
  public static final Span NONE = new Span("<built-in>", 0, 0, 1, 1);

  /** Whether the other stands within this one. */
  boolean contains(Span other) {
    return source.equals(other.source) && start <= other.start && other.end <= end;
  }
}
