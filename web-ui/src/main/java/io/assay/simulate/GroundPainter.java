package io.assay.simulate;

import java.awt.Color;
import java.awt.LinearGradientPaint;
import java.awt.geom.Rectangle2D;

/** Draws pavements, carriageway, bicycle lanes and their marks. */
final class GroundPainter {
  private static final Color GRASS = new Color(118, 124, 104);
  private static final Color PAVEMENT = new Color(168, 162, 152);
  private static final Color KERB = new Color(196, 192, 184);
  private static final Color PARKING = new Color(94, 94, 96);
  private static final Color BIKE = new Color(132, 84, 76);
  private static final Color ASPHALT = new Color(82, 84, 88);
  private static final Color MARK = new Color(232, 232, 226);
  private static final double FAR = 150;

  /** Where the gradients have their stops: rows that belong to these distances. */
  private static final double[] STOPS = {FAR, 60, 35, 22, 14, 9, 6, 4.5};

  private final Pen pen;
  private final Snapshot snapshot;
  private final Road road;

  GroundPainter(Pen pen, Snapshot snapshot) {
    this.pen = pen;
    this.snapshot = snapshot;
    this.road = snapshot.road();
  }

  void paint() {
    pen.graphics().setPaint(faded(GRASS));
    pen.graphics()
        .fill(
            new Rectangle2D.Double(
                0, Camera.CENTRE_Y + 3, Camera.WIDTH, Camera.HEIGHT - Camera.CENTRE_Y));
    boolean wet = snapshot.weather().sky() == Weather.Sky.RAIN;
    Color asphalt = wet ? Light.blend(ASPHALT, new Color(60, 68, 80), 0.5) : ASPHALT;
    strip(-Road.WALK_EDGE - 0.6, Road.WALK_EDGE + 0.6, PAVEMENT);
    strip(-Road.CURB - 0.16, Road.CURB + 0.16, KERB);
    strip(-Road.CURB, Road.CURB, PARKING);
    strip(-Road.BIKE_EDGE, Road.BIKE_EDGE, BIKE);
    strip(-Road.ROAD_EDGE, Road.ROAD_EDGE, asphalt);
    patches(asphalt);
    slabs();
    strip(-Road.ROAD_EDGE - 0.06, -Road.ROAD_EDGE + 0.06, MARK);
    strip(Road.ROAD_EDGE - 0.06, Road.ROAD_EDGE + 0.06, MARK);
    strip(-Road.BIKE_EDGE - 0.05, -Road.BIKE_EDGE + 0.05, MARK);
    strip(Road.BIKE_EDGE - 0.05, Road.BIKE_EDGE + 0.05, MARK);
    dashes();
    bays();
    crossings();
  }

  /** A colour that vanishes in the haze towards the horizon. */
  private LinearGradientPaint faded(Color base) {
    float[] shares = new float[STOPS.length];
    Color[] colours = new Color[STOPS.length];
    double top = Camera.row(0, STOPS[0]);
    double bottom = Camera.row(0, STOPS[STOPS.length - 1]);
    for (int i = 0; i < STOPS.length; i++) {
      shares[i] = (float) ((Camera.row(0, STOPS[i]) - top) / (bottom - top));
      colours[i] = pen.light().on(base, STOPS[i], 1);
    }
    return new LinearGradientPaint(0, (float) top, 0, (float) bottom, shares, colours);
  }

  private void strip(double from, double to, Color colour) {
    pen.face();
    double first = snapshot.s() + 0.5;
    for (double d = 0; d < FAR; d = d * 1.12 + 1.5) {
      pen.corner(road.x(first + d, from), 0, first + d);
    }
    for (double d = last(); d >= 0; d = (d - 1.5) / 1.12) {
      pen.corner(road.x(first + d, to), 0, first + d);
    }
    pen.fill(faded(colour));
  }

  private static double last() {
    double d = 0;
    while (d * 1.12 + 1.5 < FAR) {
      d = d * 1.12 + 1.5;
    }
    return d + 1e-9;
  }

  private void rectangle(double s1, double s2, double u1, double u2, Color colour, double shade) {
    pen.face()
        .corner(road.x(s1, u1), 0, s1)
        .corner(road.x(s2, u1), 0, s2)
        .corner(road.x(s2, u2), 0, s2)
        .corner(road.x(s1, u2), 0, s1)
        .fill(pen.light().on(colour, Math.max(1, (s1 + s2) / 2 - snapshot.s()), shade));
  }

  /** Repairs in the asphalt and covers of manholes, so that the road does not look ironed. */
  private void patches(Color asphalt) {
    long block = (long) Math.floor(snapshot.s() / 7);
    for (long i = block + 6; i >= block; i--) {
      if (Draws.at(road.seed(), i, 20) < 0.5) {
        double s = i * 7 + 4 * Draws.at(road.seed(), i, 21);
        double u = -3 + 5 * Draws.at(road.seed(), i, 22);
        double width = 0.6 + 0.9 * Draws.at(road.seed(), i, 23);
        rectangle(s, s + 1 + 2.5 * Draws.at(road.seed(), i, 24), u, u + width, asphalt, 0.88);
      }
    }
  }

  private void slabs() {
    long first = (long) Math.ceil((snapshot.s() + 1) / 2);
    for (long i = first + 13; i >= first; i--) {
      for (int side = -1; side <= 1; side += 2) {
        rectangle(
            i * 2.0,
            i * 2.0 + 0.06,
            side * (Road.CURB + 0.2),
            side * Road.WALK_EDGE,
            PAVEMENT,
            0.86);
      }
    }
  }

  private void dashes() {
    long first = (long) Math.floor(snapshot.s() / 7);
    for (long i = first + 12; i >= first; i--) {
      if (!road.nearCrossing(i * 7 + 1.5, 5)) {
        rectangle(i * 7.0, i * 7.0 + 3, -0.07, 0.07, MARK, 1);
      }
    }
  }

  private void bays() {
    long first = (long) Math.floor(snapshot.s() / 6.4);
    for (long i = first + 7; i >= first; i--) {
      for (int side = -1; side <= 1; side += 2) {
        double s = i * 6.4 + 3.2;
        rectangle(s, s + 0.1, side * (Road.BIKE_EDGE + 0.1), side * (Road.CURB - 0.05), MARK, 0.8);
      }
    }
  }

  private void crossings() {
    long number = road.crossingFrom(snapshot.s() - 4);
    while (road.crossing(number) < snapshot.s() + 90) {
      double s = road.crossing(number);
      for (double u = -4.75; u < 4.8; u += 1) {
        rectangle(s - Road.CROSSING_WIDTH / 2, s + Road.CROSSING_WIDTH / 2, u, u + 0.5, MARK, 1);
      }
      rectangle(s - 3.4, s - 3.1, 0.2, Road.ROAD_EDGE - 0.1, MARK, 1);
      rectangle(s + 3.1, s + 3.4, 0.1 - Road.ROAD_EDGE, -0.2, MARK, 1);
      number++;
    }
  }
}
