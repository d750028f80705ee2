package io.assay.assertion.alert;

/** What was counted of one line of an assertion in some stretch of event time. */
public record AlertCounts(long seen, long passed, long judged, long violated, long undecided) {
  public static final AlertCounts NONE = new AlertCounts(0, 0, 0, 0, 0);

  public AlertCounts plus(AlertCounts other) {
    return new AlertCounts(
        seen + other.seen,
        passed + other.passed,
        judged + other.judged,
        violated + other.violated,
        undecided + other.undecided);
  }
}
