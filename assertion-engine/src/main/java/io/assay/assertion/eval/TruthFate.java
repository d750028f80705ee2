package io.assay.assertion.eval;

/** What became of a truth. */
public enum TruthFate {
  /** It is of an event, or of several. */
  USED,
  /** Longer behind its event than the stream's {@code within}. */
  LATE,
  /** Something was known of this id already, which stays. */
  REPEATED,
  /** No event of this id has come. */
  UNKNOWN,
  /** It says nothing: the value is missing or not as declared. */
  EMPTY
}
