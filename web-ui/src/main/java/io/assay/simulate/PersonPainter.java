package io.assay.simulate;

import java.awt.Color;
import java.util.List;

/**
 * Draws pedestrians and cyclists as jointed figures of thick strokes, which look right from every
 * side.
 */
final class PersonPainter {
  private static final List<Color> TOPS =
      List.of(
          new Color(178, 44, 50),
          new Color(38, 78, 142),
          new Color(226, 226, 220),
          new Color(60, 62, 66),
          new Color(212, 160, 44),
          new Color(52, 116, 84),
          new Color(128, 70, 130),
          new Color(96, 150, 190));
  private static final List<Color> TROUSERS =
      List.of(
          new Color(38, 44, 64),
          new Color(52, 50, 48),
          new Color(92, 82, 68),
          new Color(62, 82, 112));
  private static final List<Color> SKINS =
      List.of(
          new Color(236, 196, 166),
          new Color(206, 158, 122),
          new Color(140, 96, 70),
          new Color(94, 64, 48));
  private static final List<Color> HAIR =
      List.of(
          new Color(40, 30, 24),
          new Color(92, 62, 36),
          new Color(186, 150, 96),
          new Color(120, 118, 116));
  private static final Color SHOE = new Color(30, 28, 28);
  private static final Color FRAME = new Color(44, 46, 50);

  private final Pen pen;

  PersonPainter(Pen pen) {
    this.pen = pen;
  }

  void paint(Thing person) {
    var figure = new Figure(person);
    figure.shadow();
    if (person.user() == RoadUser.CYCLIST) {
      figure.ride();
    } else {
      figure.walk();
    }
  }

  /** One person being drawn; coordinates are along, across, up, for a height of 1.74 m. */
  private final class Figure {
    private final Thing person;
    private final double sin;
    private final double cos;
    private final double distance;
    private final double scale;
    private final Color top;
    private final Color trousers;
    private final Color skin;
    private final Color hair;

    Figure(Thing person) {
      this.person = person;
      sin = StrictMath.sin(person.yaw());
      cos = StrictMath.cos(person.yaw());
      distance = Math.hypot(pen.camera().x() - person.x(), pen.camera().z() - person.z());
      scale = person.height() / 1.74;
      int look = person.look();
      top = lit(TOPS.get(look % TOPS.size()));
      trousers = lit(TROUSERS.get(look / 8 % TROUSERS.size()));
      skin = lit(SKINS.get(look / 32 % SKINS.size()));
      hair = lit(HAIR.get(look / 128 % HAIR.size()));
    }

    private Color lit(Color base) {
      return pen.light().on(base, distance, 0.92);
    }

    private void limb(
        double a1,
        double c1,
        double h1,
        double a2,
        double c2,
        double h2,
        double thick,
        Color colour) {
      pen.limb(
          x(a1, c1),
          h1 * scale,
          z(a1, c1),
          x(a2, c2),
          h2 * scale,
          z(a2, c2),
          thick * scale,
          colour);
    }

    private double x(double along, double across) {
      return person.x() + along * sin + across * cos;
    }

    private double z(double along, double across) {
      return person.z() + along * cos - across * sin;
    }

    void shadow() {
      double length = person.user() == RoadUser.CYCLIST ? 0.85 : 0.3;
      pen.face();
      for (int i = 0; i < 12; i++) {
        double angle = 2 * Math.PI * i / 12;
        double along = length * Math.cos(angle);
        double across = 0.27 * Math.sin(angle);
        pen.corner(x(along, across), 0, z(along, across));
      }
      pen.fill(Light.alpha(Color.BLACK, 0.38 * StrictMath.exp(-distance / 90)));
    }

    void walk() {
      double swing = person.speed() > 0.1 ? StrictMath.sin(person.phase()) : 0.12;
      Color far = Light.blend(trousers, Color.BLACK, 0.2);
      arm(-1, swing, Light.blend(top, Color.BLACK, 0.16));
      leg(-1, -swing, far);
      leg(1, swing, trousers);
      limb(0, 0, 0.93, 0, 0, 1.02, 0.3, trousers);
      limb(0, 0, 1.06, 0.01, 0, 1.34, 0.34, top);
      limb(0.01, -0.13, 1.38, 0.01, 0.13, 1.38, 0.16, top);
      if ((person.look() / 512 & 3) == 0) {
        limb(-0.17, 0, 1.1, -0.17, 0, 1.34, 0.22, lit(new Color(64, 70, 60)));
      }
      arm(1, -swing, top);
      head(0.02, 1.6);
    }

    private void leg(int side, double swing, Color colour) {
      double foot = 0.3 * swing;
      double lift = Math.max(0, -swing) * 0.1;
      double knee = 0.17 * swing + 0.05;
      limb(0, side * 0.085, 0.9, knee, side * 0.085, 0.5 + lift / 2, 0.155, colour);
      limb(knee, side * 0.085, 0.5 + lift / 2, foot, side * 0.085, 0.1 + lift, 0.12, colour);
      limb(
          foot, side * 0.085, 0.05 + lift, foot + 0.13, side * 0.085, 0.05 + lift, 0.09, lit(SHOE));
    }

    private void arm(int side, double swing, Color colour) {
      double hand = 0.24 * swing;
      limb(0, side * 0.22, 1.37, hand * 0.3, side * 0.25, 1.1, 0.105, colour);
      limb(hand * 0.3, side * 0.25, 1.1, hand + 0.05, side * 0.24, 0.88, 0.085, colour);
      limb(hand + 0.05, side * 0.24, 0.85, hand + 0.06, side * 0.24, 0.82, 0.085, skin);
    }

    private void head(double along, double up) {
      limb(along, 0, up - 0.16, along, 0, up - 0.1, 0.12, skin);
      pen.ball(x(along, 0), (up + 0.015) * scale, z(along, 0), 0.108 * scale, 0.135 * scale, hair);
      double face = along + 0.045;
      pen.ball(
          x(face, 0),
          (up - 0.025) * scale,
          z(face, 0),
          0.088 * scale,
          0.105 * scale,
          facingUs() ? skin : hair);
    }

    private boolean facingUs() {
      double dx = pen.camera().x() - person.x();
      double dz = pen.camera().z() - person.z();
      return dx * sin + dz * cos > -0.35 * distance;
    }

    void ride() {
      Color frame = lit((person.look() & 1) == 0 ? FRAME : new Color(150, 40, 40));
      wheel(-0.53);
      wheel(0.53);
      limb(-0.53, 0, 0.34, -0.08, 0, 0.34, 0.05, frame);
      limb(-0.08, 0, 0.34, -0.2, 0, 0.86, 0.05, frame);
      limb(-0.08, 0, 0.34, 0.38, 0, 0.82, 0.05, frame);
      limb(-0.18, 0, 0.76, 0.38, 0, 0.8, 0.05, frame);
      limb(0.53, 0, 0.34, 0.36, 0, 0.98, 0.05, frame);
      limb(0.38, -0.24, 1.0, 0.38, 0.24, 1.0, 0.05, frame);
      pedal(-1, person.phase() + StrictMath.PI, Light.blend(trousers, Color.BLACK, 0.2));
      pedal(1, person.phase(), trousers);
      limb(-0.17, 0, 0.98, -0.15, 0, 1.0, 0.3, trousers);
      limb(-0.13, 0, 1.06, 0.12, 0, 1.36, 0.33, top);
      limb(0.13, -0.19, 1.38, 0.4, -0.22, 1.04, 0.09, top);
      limb(0.13, 0.19, 1.38, 0.4, 0.22, 1.04, 0.09, top);
      head(0.22, 1.58);
      pen.ball(
          x(0.21, 0),
          1.65 * scale,
          z(0.21, 0),
          0.125 * scale,
          0.085 * scale,
          lit(new Color(230, 230, 226)));
      if (pen.light().dark() > 0.3) {
        pen.glow(x(-0.6, 0), 0.75, z(-0.6, 0), 0.5, new Color(255, 50, 40), facingUs() ? 0 : 0.7);
        pen.glow(x(0.5, 0), 0.95, z(0.5, 0), 0.6, new Color(255, 250, 230), facingUs() ? 0.8 : 0);
      }
    }

    private void pedal(int side, double phase, Color colour) {
      double foot = 0.17 * StrictMath.cos(phase) - 0.06;
      double up = 0.32 + 0.17 * StrictMath.sin(phase);
      double knee = 0.2 + 0.07 * StrictMath.cos(phase);
      double kneeUp = 0.72 + 0.1 * StrictMath.sin(phase);
      limb(-0.16, side * 0.09, 0.96, knee, side * 0.1, kneeUp, 0.15, colour);
      limb(knee, side * 0.1, kneeUp, foot, side * 0.1, up + 0.07, 0.11, colour);
      limb(foot - 0.04, side * 0.1, up, foot + 0.12, side * 0.1, up, 0.08, lit(SHOE));
    }

    private void wheel(double along) {
      Color tyre = lit(new Color(28, 28, 30));
      int parts = distance < 25 ? 16 : 8;
      for (int i = 0; i < parts; i++) {
        double from = 2 * Math.PI * i / parts;
        double to = 2 * Math.PI * (i + 1) / parts;
        limb(
            along + 0.32 * Math.cos(from),
            0,
            0.34 + 0.32 * Math.sin(from),
            along + 0.32 * Math.cos(to),
            0,
            0.34 + 0.32 * Math.sin(to),
            0.045,
            tyre);
      }
    }
  }
}
