package io.assay.assertion.statistics;

/**
 * Between which bounds the true share lies, given how many of a sample have it.
 *
 * @param low at least 0
 * @param high at most 1
 */
public record ShareInterval(double low, double high) {

  /**
   * Of at least the confidence whatever the share (Clopper and Pearson, 1934): wide, never too
   * narrow.
   */
  public static ShareInterval clopperPearson(long held, long told, double confidence) {
    check(held, told, confidence);
    double outside = (1 - confidence) / 2;
    double rest = told - held;
    return new ShareInterval(
        held == 0 ? 0 : IncompleteBeta.inverse(outside, (double) held, rest + 1),
        held == told ? 1 : IncompleteBeta.inverse(1 - outside, held + 1.0, rest));
  }

  /** Of the confidence on average over shares (Wilson, 1927): narrower. */
  public static ShareInterval wilson(long held, long told, double confidence) {
    check(held, told, confidence);
    return wilson((double) held / told, (double) told, confidence);
  }

  /**
   * Wilson's, where units do not count in full because they go together.
   *
   * @param share in 0 .. 1
   * @param units above 0: what they are worth
   */
  public static ShareInterval wilson(double share, double units, double confidence) {
    if (!(share >= 0 && share <= 1 && units > 0 && confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "an interval needs a share in 0 .. 1, units above 0 and a confidence in 0 .. 1,"
              + " got %s, %s and %s".formatted(share, units, confidence));
    }
    double z = deviations(confidence);
    double n = units;
    double p = share;
    double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
    double half = z / (1 + z * z / n) * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    return new ShareInterval(p == 0 ? 0 : middle - half, p == 1 ? 1 : middle + half);
  }

  private static void check(long held, long told, double confidence) {
    if (told < 1 || held < 0 || held > told || !(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "an interval needs 0 <= held <= told, told >= 1 and a confidence in 0 .. 1,"
              + " got %d, %d and %s".formatted(held, told, confidence));
    }
  }

  /** Within how many standard deviations a normal variable lies with this probability. */
  static double deviations(double confidence) {
    double low = 0;
    double high = 40;
    while (true) {
      double middle = low + (high - low) / 2;
      if (middle <= low || middle >= high) {
        return middle;
      }
      if (IncompleteGamma.upper(0.5, middle * middle / 2) > 1 - confidence) {
        low = middle;
      } else {
        high = middle;
      }
    }
  }
}
