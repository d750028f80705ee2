package io.assay.simulate;

import java.awt.Color;
import java.util.List;

/**
 * Draws houses, trees and lamps, which belong to places of the street rather than to the world's
 * state.
 */
final class StreetsidePainter {
  private static final List<Color> FACADES =
      List.of(
          new Color(206, 184, 152),
          new Color(188, 142, 116),
          new Color(214, 206, 190),
          new Color(158, 96, 80),
          new Color(170, 172, 170),
          new Color(222, 196, 150),
          new Color(146, 154, 160),
          new Color(196, 170, 164));
  private static final Color PANE = new Color(70, 88, 106);
  private static final Color WARM = new Color(255, 214, 140);
  private static final Color LAMP = new Color(255, 226, 170);
  private static final Color TRUNK = new Color(84, 66, 52);
  private static final List<Color> LEAVES =
      List.of(
          new Color(74, 112, 56),
          new Color(92, 128, 62),
          new Color(60, 98, 60),
          new Color(120, 132, 62));

  static final double HOUSE = 13;
  static final double TREE = 12;
  static final double LAMP_SPACING = 31;

  private final Pen pen;
  private final Road road;

  StreetsidePainter(Pen pen, Road road) {
    this.pen = pen;
    this.road = road;
  }

  private double distance(double s, double u) {
    return Math.hypot(road.x(s, u) - pen.camera().x(), s - pen.camera().z());
  }

  private double draw(long block, int side, int aspect) {
    return Draws.at(road.seed(), block * 2 + (side > 0 ? 1 : 0), aspect);
  }

  /** The house of a block: its end towards us, its front towards the street. */
  void house(long block, int side) {
    double gap = draw(block, side, 30) < 0.25 ? 2.2 : 0;
    double from = block * HOUSE + gap;
    double to = (block + 1) * HOUSE;
    double u = side * (Road.WALK_EDGE + 0.6 + 0.8 * draw(block, side, 31));
    int floors = 3 + (int) (4 * draw(block, side, 32));
    double height = 3.9 + (floors - 1) * 3.1 + 0.6;
    Color paint = FACADES.get((int) (draw(block, side, 33) * FACADES.size()));
    double distance = Math.max(2, distance((from + to) / 2, u));
    double back = u + side * 14;
    wall(from, u, from, back, height, pen.light().on(paint, distance, 0.66));
    wall(from, u, to, u, height, pen.light().on(paint, distance, side > 0 ? 0.86 : 0.98));
    band(
        from,
        to,
        u,
        0,
        3.5,
        pen.light().on(Light.blend(paint, new Color(70, 66, 64), 0.55), distance, 0.8));
    band(from, to, u, height - 0.45, height, pen.light().on(paint, distance, 0.6));
    if (distance < 95) {
      shops(block, side, from, to, u, distance);
      windows(block, side, from, to, u, floors, distance);
    }
  }

  private void wall(double s1, double u1, double s2, double u2, double height, Color colour) {
    pen.face()
        .corner(road.x(s1, u1), 0, s1)
        .corner(road.x(s2, u2), 0, s2)
        .corner(road.x(s2, u2), height, s2)
        .corner(road.x(s1, u1), height, s1)
        .fill(colour);
  }

  /**
   * A part of the front; the front itself is flat between the block's ends although the street
   * bends.
   */
  private void band(double s1, double s2, double u, double low, double top, Color colour) {
    pen.face()
        .corner(road.x(s1, u), low, s1)
        .corner(road.x(s2, u), low, s2)
        .corner(road.x(s2, u), top, s2)
        .corner(road.x(s1, u), top, s1)
        .fill(colour);
  }

  private void pane(
      double from,
      double to,
      double u,
      double share1,
      double share2,
      double low,
      double top,
      Color colour) {
    double x1 = road.x(from, u);
    double x2 = road.x(to, u);
    double a = from + (to - from) * share1;
    double b = from + (to - from) * share2;
    pen.face()
        .corner(x1 + (x2 - x1) * share1, low, a)
        .corner(x1 + (x2 - x1) * share2, low, b)
        .corner(x1 + (x2 - x1) * share2, top, b)
        .corner(x1 + (x2 - x1) * share1, top, a)
        .fill(colour);
  }

  private void shops(long block, int side, double from, double to, double u, double distance) {
    boolean open = pen.light().dark() > 0.35 && draw(block, side, 34) < 0.7;
    Color glass = open ? pen.light().shining(WARM, distance) : pane(distance, 0.75);
    pane(from, to, u, 0.06, 0.42, 0.6, 2.6, glass);
    pane(from, to, u, 0.58, 0.94, 0.6, 2.6, glass);
    pane(from, to, u, 0.46, 0.54, 0, 2.5, pen.light().on(new Color(66, 52, 44), distance, 0.9));
    Color sign = FACADES.get((int) (draw(block, side, 35) * FACADES.size()));
    Color awning =
        draw(block, side, 36) < 0.5
            ? new Color(146, 48, 44)
            : Light.blend(sign, new Color(40, 80, 90), 0.6);
    pane(from, to, u - side * 0.05, 0.04, 0.96, 2.75, 3.3, pen.light().on(awning, distance, 0.9));
  }

  private Color pane(double distance, double shade) {
    return pen.light().on(Light.blend(PANE, pen.light().zenith(), 0.3), distance, shade);
  }

  private void windows(
      long block, int side, double from, double to, double u, int floors, double distance) {
    int columns = 4;
    for (int floor = 1; floor < floors; floor++) {
      double low = 3.9 + (floor - 1) * 3.1 + 0.7;
      for (int column = 0; column < columns; column++) {
        double draw = draw(block, side, 40 + floor * columns + column);
        boolean lit = pen.light().dark() > 0.35 && draw < 0.38;
        Color colour =
            lit
                ? pen.light()
                    .shining(Light.blend(WARM, new Color(250, 186, 110), draw * 2), distance)
                : pane(distance, 0.7 + 0.5 * draw);
        double left = (column + 0.28) / columns;
        pane(from, to, u, left, left + 0.45 / columns, low, low + 1.65, colour);
      }
    }
  }

  /** A tree at the kerb, if the place has one. */
  void tree(long place, int side) {
    double s = place * TREE + 3 * draw(place, side, 50);
    if (draw(place, side, 51) > 0.62 || road.nearCrossing(s, 5)) {
      return;
    }
    double u = side * (Road.CURB + 0.6);
    double x = road.x(s, u);
    double distance = Math.max(1, distance(s, u));
    double size = 0.8 + 0.5 * draw(place, side, 52);
    pen.limb(x, 0, s, x, 2.9 * size, s, 0.24, pen.light().on(TRUNK, distance, 0.85));
    Color leaf = LEAVES.get((int) (draw(place, side, 53) * LEAVES.size()));
    for (int i = 0; i < 7; i++) {
      double angle = i * 2.4;
      double dx = size * 0.85 * Math.cos(angle) * (i == 0 ? 0 : 1);
      double up = size * (3.9 + 0.75 * Math.sin(angle * 1.7) + (i == 6 ? 0.8 : 0));
      double radius = size * (0.75 + 0.5 * draw(place, side, 54 + i));
      pen.ball(
          x + dx, up, s, radius, radius * 0.86, pen.light().on(leaf, distance, 0.72 + 0.06 * i));
    }
  }

  /** A lamp on a mast over the kerb. */
  void lamp(long place, int side) {
    double s = place * LAMP_SPACING + (side > 0 ? 0 : LAMP_SPACING / 2);
    double u = side * (Road.CURB + 0.3);
    double x = road.x(s, u);
    double arm = road.x(s, u - side * 1.4);
    double distance = Math.max(1, distance(s, u));
    Color steel = pen.light().on(new Color(98, 104, 108), distance, 0.9);
    pen.limb(x, 0, s, x, 6.2, s, 0.13, steel);
    pen.limb(x, 6.2, s, arm, 6.6, s, 0.09, steel);
    boolean on = pen.light().dark() > 0.25;
    pen.limb(arm, 6.55, s, road.x(s, u - side * 1.9), 6.6, s, 0.18, on ? LAMP : steel);
    if (on) {
      pen.glow(arm, 6.5, s, 2.6, LAMP, 0.85 * pen.light().dark());
      pool(s, u - side * 1.6, distance);
    }
  }

  /** The light of a lamp on the ground. */
  private void pool(double s, double u, double distance) {
    for (double radius : new double[] {4.2, 2.8, 1.5}) {
      pen.face();
      for (int i = 0; i < 16; i++) {
        double angle = 2 * Math.PI * i / 16;
        double along = s + radius * Math.sin(angle);
        pen.corner(road.x(along, u + radius * Math.cos(angle)), 0, along);
      }
      pen.fill(Light.alpha(LAMP, 0.10 * pen.light().dark() * Math.exp(-distance / 90)));
    }
  }
}
