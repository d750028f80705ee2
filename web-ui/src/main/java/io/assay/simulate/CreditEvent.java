package io.assay.simulate;

/**
 * One event of a simulated lender.
 *
 * @param at epoch milliseconds at which it is sent
 * @param key of its record
 * @param json the record's value
 */
public record CreditEvent(Kind kind, long at, String key, String json) {
  /** Which topic it belongs to. */
  public enum Kind {
    /** What an applicant has told, with gaps. */
    FEATURES,
    /** What the model makes of it. */
    DECISION,
    /** Whether the first debit came back. */
    OUTCOME
  }
}
