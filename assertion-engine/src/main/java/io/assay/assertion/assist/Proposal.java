package io.assay.assertion.assist;

/**
 * What may be written at a place.
 *
 * @param text that takes the place of what was begun
 * @param detail a few words beside it: a type, a signature
 * @param about sentences; empty where there is no more to say
 */
public record Proposal(String text, Kind kind, String detail, String about) {
  /** What it is. */
  public enum Kind {
    KEYWORD,
    FIELD,
    LOCAL,
    FUNCTION,
    STREAM,
    ASSERTION,
    ROUTE,
    PARAM,
    TYPE,
    VALUE
  }
}
