package io.assay.simulate;

import java.util.List;

/**
 * A vehicle's outline from the side, from its rear bumper over the roof to the front, as shares of
 * length and height, with the share of the full width that it has there.
 */
record VehicleShape(List<Point> outline, List<Window> windows, double wheel) {
  record Point(double along, double up, double wide) {}

  /** A side window, four corners as shares of length and height. */
  record Window(double x1, double low1, double top1, double x2, double low2, double top2) {}

  VehicleShape {
    outline = List.copyOf(outline);
    windows = List.copyOf(windows);
  }

  static final VehicleShape SALOON =
      new VehicleShape(
          List.of(
              new Point(0.01, 0.18, 0.96),
              new Point(0.00, 0.44, 1.0),
              new Point(0.015, 0.63, 0.97),
              new Point(0.10, 0.67, 0.94),
              new Point(0.24, 0.96, 0.74),
              new Point(0.33, 1.00, 0.72),
              new Point(0.52, 0.98, 0.73),
              new Point(0.70, 0.66, 0.93),
              new Point(0.94, 0.55, 0.93),
              new Point(1.00, 0.42, 0.92),
              new Point(0.99, 0.18, 0.9)),
          List.of(
              new Window(0.16, 0.66, 0.70, 0.25, 0.66, 0.91),
              new Window(0.265, 0.66, 0.92, 0.42, 0.66, 0.94),
              new Window(0.44, 0.66, 0.94, 0.655, 0.66, 0.70)),
          0.315);

  static final VehicleShape HATCHBACK =
      new VehicleShape(
          List.of(
              new Point(0.01, 0.18, 0.96),
              new Point(0.00, 0.42, 1.0),
              new Point(0.02, 0.64, 0.97),
              new Point(0.08, 0.92, 0.78),
              new Point(0.14, 0.99, 0.75),
              new Point(0.35, 1.00, 0.74),
              new Point(0.54, 0.97, 0.75),
              new Point(0.72, 0.66, 0.94),
              new Point(0.95, 0.54, 0.93),
              new Point(1.00, 0.40, 0.92),
              new Point(0.99, 0.18, 0.9)),
          List.of(
              new Window(0.07, 0.66, 0.70, 0.14, 0.66, 0.90),
              new Window(0.16, 0.66, 0.92, 0.37, 0.66, 0.94),
              new Window(0.39, 0.66, 0.94, 0.665, 0.66, 0.70)),
          0.305);

  static final VehicleShape VAN =
      new VehicleShape(
          List.of(
              new Point(0.01, 0.14, 0.97),
              new Point(0.00, 0.50, 1.0),
              new Point(0.005, 0.93, 0.95),
              new Point(0.03, 1.00, 0.90),
              new Point(0.50, 1.00, 0.90),
              new Point(0.74, 0.96, 0.86),
              new Point(0.87, 0.58, 0.97),
              new Point(0.98, 0.47, 0.96),
              new Point(1.00, 0.34, 0.95),
              new Point(0.99, 0.14, 0.93)),
          List.of(
              new Window(0.62, 0.58, 0.86, 0.82, 0.58, 0.62),
              new Window(0.5, 0.58, 0.86, 0.6, 0.58, 0.86)),
          0.3);

  static VehicleShape of(Thing thing) {
    if (thing.user() == RoadUser.VAN) {
      return VAN;
    }
    return (thing.look() / 16 & 1) == 0 ? SALOON : HATCHBACK;
  }

  /** Whether the face that starts at a point is glass: steep, and in the upper part. */
  boolean isGlass(int point) {
    Point from = outline.get(point);
    Point to = outline.get(point + 1);
    double low = Math.min(from.up(), to.up());
    return Math.abs(to.up() - from.up()) > 0.2 && low > 0.55;
  }
}
