package io.assay.web.figures;

import io.assay.assertion.statistics.ShareInterval;
import io.assay.stream.contract.FiguresRecord.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one window's statistic is made of, as a table: a distribution against its baseline, or how
 * often predictions came true.
 *
 * @param calibration whether bars are probabilities, said and come true
 */
record Shape(boolean calibration, List<Bar> bars) {
  private static final double CONFIDENCE = 0.95;

  Shape {
    bars = List.copyOf(bars);
  }

  /**
   * One bin.
   *
   * @param name of a category, empty for all others; or between which numbers
   * @param before the baseline's share; of a calibration, what was said
   * @param now the window's share; of a calibration, what came true
   * @param count events of the window in it
   * @param low of a calibration's 95 % interval of what came true
   */
  record Bar(
      String name,
      double before,
      double now,
      long count,
      @Nullable Double low,
      @Nullable Double high) {}

  static Shape of(List<Part> parts, boolean calibration) {
    return calibration ? calibrated(parts) : distributed(parts);
  }

  private static Shape calibrated(List<Part> parts) {
    List<Bar> bars = new ArrayList<>();
    double from = 0;
    for (Part part : parts) {
      double to = part.upTo() == null ? 1 : part.upTo();
      if (part.now() > 0 && part.mean() != null) {
        ShareInterval interval = ShareInterval.wilson(part.before(), part.now(), CONFIDENCE);
        bars.add(
            new Bar(
                String.format(Locale.ROOT, "%.1f – %.1f", from, to),
                part.mean(),
                (double) part.before() / part.now(),
                part.now(),
                interval.low(),
                interval.high()));
      }
      from = to;
    }
    return new Shape(true, bars);
  }

  private static Shape distributed(List<Part> parts) {
    double before = parts.stream().mapToLong(Part::before).sum();
    double now = parts.stream().mapToLong(Part::now).sum();
    boolean numbers = parts.stream().anyMatch(part -> part.upTo() != null);
    List<Bar> bars = new ArrayList<>();
    Double from = null;
    for (Part part : parts) {
      String name = numbers ? between(from, part.upTo()) : part.name();
      bars.add(
          new Bar(
              name,
              before == 0 ? 0 : part.before() / before,
              now == 0 ? 0 : part.now() / now,
              part.now(),
              null,
              null));
      from = part.upTo();
    }
    return new Shape(false, bars);
  }

  private static String between(@Nullable Double from, @Nullable Double to) {
    if (from == null) {
      return to == null ? "" : "≤ " + short4(to);
    }
    return to == null ? "> " + short4(from) : short4(from) + " – " + short4(to);
  }

  /** Three digits tell bins apart that hold a tenth each. */
  private static String short4(double value) {
    double size = Math.abs(value);
    return size >= 1000
        ? String.format(Locale.ROOT, "%,.0f", value)
        : size >= 10
            ? String.format(Locale.ROOT, "%.1f", value)
            : String.format(Locale.ROOT, "%.3f", value);
  }
}
