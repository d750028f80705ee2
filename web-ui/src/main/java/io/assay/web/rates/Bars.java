package io.assay.web.rates;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Counts over time, drawn as bars in an SVG path: readable without any script.
 *
 * @param path of all bars, in a box of {@link #WIDTH} by {@link #HEIGHT}
 * @param highest count of a bar
 * @param counts of all bars, in order
 */
public record Bars(String path, long highest, long total, List<Long> counts) {
  public static final int WIDTH = 240;
  public static final int HEIGHT = 40;

  public static Bars of(long[] counts) {
    long highest = Arrays.stream(counts).max().orElse(0);
    double step = (double) WIDTH / Math.max(1, counts.length);
    var path = new StringBuilder();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        // One event beside a thousand is still to be seen.
        double height = Math.max(1.5, (double) HEIGHT * counts[i] / highest);
        path.append(
            String.format(
                Locale.ROOT,
                "M%.2f %dv-%.2fh%.2fv%.2fz",
                i * step + step * 0.12,
                HEIGHT,
                height,
                step * 0.76,
                height));
      }
    }
    return new Bars(
        path.toString(),
        highest,
        Arrays.stream(counts).sum(),
        Arrays.stream(counts).boxed().toList());
  }
}
