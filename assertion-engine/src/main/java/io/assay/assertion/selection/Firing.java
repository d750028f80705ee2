package io.assay.assertion.selection;

/**
 * How often an assertion fired.
 *
 * @param violated at least 0
 * @param judged of how many; 0: not known, and counts are compared as they are
 */
public record Firing(long violated, long judged) {
  public Firing {
    if (violated < 0 || judged < 0) {
      throw new IllegalArgumentException(
          "counts are at least 0, got violated=%d judged=%d".formatted(violated, judged));
    }
  }

  /**
   * By what share an assertion fires less often than before: of rates where both say how many were
   * judged, of counts otherwise.
   *
   * @return in 0 .. 1; 0 where it fires as often, or more often, or did not fire before
   */
  static double gain(Firing before, Firing now) {
    if (before.violated == 0) {
      return 0;
    }
    boolean rates = before.judged > 0 && now.judged > 0;
    double then = rates ? (double) before.violated / before.judged : before.violated;
    double today = rates ? (double) now.violated / now.judged : now.violated;
    return Math.max(0, (then - today) / then);
  }

  @Override
  public String toString() {
    return judged > 0 ? violated + " of " + judged : Long.toString(violated);
  }
}
