package io.assay.web.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A value that changes step by step, as parts of an SVG picture of {@link #WIDTH} by {@link
 * #HEIGHT}.
 *
 * @param line through the points; it breaks where there is none
 * @param band between which the values may well be; empty where nothing is known of that
 * @param dots one for each point that is there
 * @param limits across all steps
 * @param lowest what the lower edge stands for
 * @param highest what the upper edge stands for
 */
public record LineChart(
    String line,
    String band,
    List<Dot> dots,
    List<DrawnLimit> limits,
    double lowest,
    double highest) {
  public static final int WIDTH = 240;
  public static final int HEIGHT = 48;

  /** A dot at the very edge is half cut off. */
  private static final double MARGIN = 4;

  /**
   * One point.
   *
   * @param name of the step
   * @param value there; null where there is none
   * @param low of the interval in which it may be; null where nothing is known of that
   * @param high of the same
   */
  public record Point(
      String name, @Nullable Double value, @Nullable Double low, @Nullable Double high) {
    /** Of which no interval is known. */
    public static Point of(String name, @Nullable Double value) {
      return new Point(name, value, null, null);
    }
  }

  /** Where a point is drawn. */
  public record Dot(double x, double y, String name, double value) {}

  /** What values are held against; {@code name}: by whom and how. */
  public record Limit(String name, double value) {}

  /** Where a limit is drawn. */
  public record DrawnLimit(double y, String name, double value) {}

  public LineChart {
    dots = List.copyOf(dots);
    limits = List.copyOf(limits);
  }

  /**
   * Where a line across the picture stands.
   *
   * @param place in steps from the first point; 1.5 is half way from the second to the third
   */
  public static String x(double place, int points) {
    return String.format(Locale.ROOT, "%.1f", new Scale(points, 0, 0).x(place));
  }

  /** Points in the order in which they are drawn, from left to right. */
  public static LineChart of(List<Point> points) {
    return of(points, List.of());
  }

  /**
   * The same with limits: one that no value has come near is in it, too, as how far off it is
   * matters.
   */
  public static LineChart of(List<Point> points, List<Limit> limits) {
    double least = points.stream().mapToDouble(LineChart::low).min().orElse(0);
    double most = points.stream().mapToDouble(LineChart::high).max().orElse(0);
    if (!(least <= most)) {
      return new LineChart("", "", List.of(), List.of(), 0, 0);
    }
    double lowest = limits.stream().mapToDouble(Limit::value).reduce(least, Math::min);
    double highest = limits.stream().mapToDouble(Limit::value).reduce(most, Math::max);
    var scale = new Scale(points.size(), lowest, highest);
    var line = new StringBuilder();
    List<Dot> dots = new ArrayList<>();
    boolean goesOn = false;
    for (int i = 0; i < points.size(); i++) {
      Double value = points.get(i).value();
      if (value != null) {
        double x = scale.x(i);
        double y = scale.y(value);
        line.append(at(goesOn ? 'L' : 'M', x, y));
        dots.add(new Dot(x, y, points.get(i).name(), value));
      }
      goesOn = value != null;
    }
    List<DrawnLimit> drawn =
        limits.stream()
            .map(one -> new DrawnLimit(scale.y(one.value()), one.name(), one.value()))
            .toList();
    return new LineChart(line.toString(), band(points, scale), dots, drawn, lowest, highest);
  }

  /** Infinite where there is none, so that it decides nothing. */
  private static double low(Point point) {
    Double value = point.low() == null ? point.value() : point.low();
    return value == null ? Double.POSITIVE_INFINITY : value;
  }

  private static double high(Point point) {
    Double value = point.high() == null ? point.value() : point.high();
    return value == null ? Double.NEGATIVE_INFINITY : value;
  }

  /** Each interval as a bar of its own: between two steps nothing is known. */
  private static String band(List<Point> points, Scale scale) {
    var band = new StringBuilder();
    for (int i = 0; i < points.size(); i++) {
      Double low = points.get(i).low();
      Double high = points.get(i).high();
      if (low != null && high != null) {
        double half = Math.min(4, scale.step() * 0.3);
        double x = scale.x(i);
        band.append(at('M', x - half, scale.y(low)))
            .append(at('L', x + half, scale.y(low)))
            .append(at('L', x + half, scale.y(high)))
            .append(at('L', x - half, scale.y(high)))
            .append('z');
      }
    }
    return band.toString();
  }

  private static String at(char command, double x, double y) {
    return String.format(Locale.ROOT, "%c%.2f %.2f", command, x, y);
  }

  private record Scale(int points, double lowest, double highest) {
    double step() {
      return (WIDTH - 2 * MARGIN) / Math.max(1, points - 1);
    }

    double x(double i) {
      return points == 1 ? WIDTH / 2.0 : MARGIN + i * step();
    }

    double y(double value) {
      double share = highest > lowest ? (value - lowest) / (highest - lowest) : 0.5;
      return HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN);
    }
  }
}
