package io.assay.web.rates;

import java.util.OptionalDouble;

/**
 * What came of judging, in the units of an assertion's kind.
 *
 * @param seen events that came
 * @param passed units that {@code where} let through
 * @param judged with a verdict; {@code held} and {@code violated} of them
 * @param undecided without one: evidence was missing
 * @param late events that came too late to be judged
 */
public record Counted(
    long seen, long passed, long judged, long held, long violated, long undecided, long late) {
  public static final Counted NONE = new Counted(0, 0, 0, 0, 0, 0, 0);

  public Counted plus(Counted other) {
    return new Counted(
        seen + other.seen,
        passed + other.passed,
        judged + other.judged,
        held + other.held,
        violated + other.violated,
        undecided + other.undecided,
        late + other.late);
  }

  /** Violated of those judged, in 0 .. 1; nothing where nothing was judged. */
  public OptionalDouble rate() {
    return judged == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) violated / judged);
  }

  /** Of what was to be judged the share that could not be, in 0 .. 1. */
  public double undecidedShare() {
    return undecided == 0 ? 0 : (double) undecided / (judged + undecided);
  }
}
