package io.assay.bench.engine;

import java.util.Arrays;
import java.util.Locale;

/** How time grows with a size, and the straight line that describes it best. */
final class Curve {
  private final int[] sizes;
  private final double[] micros;

  Curve(int[] sizes, double[] micros) {
    this.sizes = sizes.clone();
    this.micros = micros.clone();
  }

  void print(String of) {
    System.out.printf(Locale.ROOT, "| %s | us an event | us for each |%n|---|---|---|%n", of);
    for (int i = 0; i < sizes.length; i++) {
      System.out.printf(
          Locale.ROOT, "| %d | %.1f | %.2f |%n", sizes[i], micros[i], micros[i] / sizes[i]);
    }
    System.out.printf(Locale.ROOT, "%nline: %s%n%n", line());
  }

  /** Least squares; R2 is the share of the variance that a straight line explains. */
  private String line() {
    double meanX = Arrays.stream(sizes).average().orElseThrow();
    double meanY = Arrays.stream(micros).average().orElseThrow();
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int i = 0; i < sizes.length; i++) {
      xx += (sizes[i] - meanX) * (sizes[i] - meanX);
      xy += (sizes[i] - meanX) * (micros[i] - meanY);
      yy += (micros[i] - meanY) * (micros[i] - meanY);
    }
    double slope = xy / xx;
    return String.format(
        Locale.ROOT, "%.2f + %.3f n, R2 %.4f", meanY - slope * meanX, slope, xy * xy / xx / yy);
  }
}
