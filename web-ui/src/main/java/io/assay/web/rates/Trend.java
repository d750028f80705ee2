package io.assay.web.rates;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A rate over time, drawn as a line in an SVG path: readable without any script. Steps in which
 * nothing was judged are gaps.
 *
 * @param path in a box of {@link Bars#WIDTH} by {@link Bars#HEIGHT}
 * @param highest rate of a step, in 0 .. 1
 */
public record Trend(String path, double highest) {
  public static Trend of(Counted[] steps) {
    double highest = 0;
    for (Counted step : steps) {
      highest = Math.max(highest, step.rate().orElse(0));
    }
    double width = (double) Bars.WIDTH / Math.max(1, steps.length);
    var path = new StringBuilder();
    boolean drawing = false;
    for (int i = 0; i < steps.length; i++) {
      OptionalDouble rate = steps[i].rate();
      if (rate.isPresent()) {
        double height = highest == 0 ? 0 : rate.getAsDouble() / highest * (Bars.HEIGHT - 3);
        double y = Bars.HEIGHT - 1.5 - height;
        // A lone step is a dash as wide as it lasts.
        path.append(
            String.format(
                Locale.ROOT, drawing ? "L%.1f %.1fh%.1f" : "M%.1f %.1fh%.1f", i * width, y, width));
      }
      drawing = rate.isPresent();
    }
    return new Trend(path.toString(), highest);
  }
}
