package io.assay.simulate;

/**
 * The street, in metres: {@code s} runs along it, {@code u} across it to the right of the centre
 * line.
 *
 * <p>In plan the centre line is {@code x = centre(s), z = s}. Its slope stays under 0.2, so that
 * {@code u} may be laid off along x.
 */
record Road(long seed) {
  static final double LANE = 1.75;
  static final double ROAD_EDGE = 3.5;
  static final double BIKE = 4.25;
  static final double BIKE_EDGE = 5.0;
  static final double PARKING = 6.1;
  static final double CURB = 7.2;
  static final double WALK_EDGE = 10.6;
  static final double CROSSING_WIDTH = 4.0;

  private static final double CROSSING_SPACING = 140;

  double x(double s, double u) {
    return centre(s) + u;
  }

  double yaw(double s) {
    double slope =
        14 / 120.0 * StrictMath.cos(s / 120 + bend(0))
            + 5 / 47.0 * StrictMath.cos(s / 47 + bend(1));
    return StrictMath.atan(slope);
  }

  private double centre(double s) {
    return 14 * StrictMath.sin(s / 120 + bend(0)) + 5 * StrictMath.sin(s / 47 + bend(1));
  }

  private double bend(int wave) {
    return 2 * StrictMath.PI * Draws.at(seed, wave, 77);
  }

  /** The number of the first zebra crossing at or after {@code s}. */
  long crossingFrom(double s) {
    long number = (long) StrictMath.floor(s / CROSSING_SPACING) - 1;
    while (crossing(number) < s) {
      number++;
    }
    return number;
  }

  /** Where a zebra crossing lies. */
  double crossing(long number) {
    return (number + 0.5 + 0.4 * Draws.at(seed, number, 1)) * CROSSING_SPACING;
  }

  boolean nearCrossing(double s, double margin) {
    return crossing(crossingFrom(s - margin)) <= s + margin;
  }
}
