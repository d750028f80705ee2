package io.assay.bench.learning;

import java.util.Arrays;
import java.util.Locale;

/**
 * A mean over trials, in points (hundredths), and how sure it is.
 *
 * @param error standard error of the mean
 */
record Paired(double mean, double error) {
  static Paired of(double[] shares) {
    double mean = Arrays.stream(shares).average().orElseThrow();
    double squares = Arrays.stream(shares).map(x -> (x - mean) * (x - mean)).sum();
    double error = Math.sqrt(squares / (shares.length - 1) / shares.length);
    return new Paired(100 * mean, 100 * error);
  }

  static Paired difference(double[] ours, double[] theirs) {
    double[] differences = new double[ours.length];
    Arrays.setAll(differences, i -> ours[i] - theirs[i]);
    return of(differences);
  }

  /** Lower end of the two-sided 95 % interval; of a hundred trials, by Student's t. */
  double low() {
    return mean - 1.984 * error;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%+.1f (%.1f)", mean, error);
  }
}
