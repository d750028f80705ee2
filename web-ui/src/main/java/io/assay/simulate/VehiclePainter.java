package io.assay.simulate;

import java.awt.Color;
import java.util.List;

/** Draws cars and vans: an outline drawn out to the width, windows, wheels, lights, shadow. */
final class VehiclePainter {
  private static final List<Color> PAINTS =
      List.of(
          new Color(236, 236, 234),
          new Color(176, 180, 184),
          new Color(96, 100, 106),
          new Color(34, 36, 40),
          new Color(32, 60, 112),
          new Color(168, 34, 36),
          new Color(62, 112, 170),
          new Color(40, 84, 66),
          new Color(204, 190, 160),
          new Color(214, 120, 40));
  private static final Color GLASS = new Color(44, 58, 74);
  private static final Color TYRE = new Color(24, 24, 26);
  private static final Color RIM = new Color(150, 154, 158);
  private static final Color PLATE = new Color(240, 240, 228);
  private static final Color TAIL = new Color(150, 16, 18);
  private static final Color BRAKE = new Color(255, 48, 38);
  private static final Color HEAD = new Color(255, 250, 232);

  private final Pen pen;

  VehiclePainter(Pen pen) {
    this.pen = pen;
  }

  void paint(Thing car) {
    new Painting(car).paint();
  }

  /** One vehicle being drawn; local coordinates are along, across to the right, up. */
  private final class Painting {
    private final Thing car;
    private final VehicleShape shape;
    private final double sin;
    private final double cos;
    private final double distance;
    private final double cameraAlong;
    private final double cameraAcross;
    private final Color body;

    Painting(Thing car) {
      this.car = car;
      this.shape = VehicleShape.of(car);
      this.sin = StrictMath.sin(car.yaw());
      this.cos = StrictMath.cos(car.yaw());
      double dx = pen.camera().x() - car.x();
      double dz = pen.camera().z() - car.z();
      this.distance = Math.hypot(dx, dz);
      this.cameraAlong = dx * sin + dz * cos;
      this.cameraAcross = dx * cos - dz * sin;
      this.body = PAINTS.get(car.look() % PAINTS.size());
    }

    void paint() {
      shadow();
      faces();
      if (Math.abs(cameraAcross) > car.width() / 2) {
        side(cameraAcross > 0 ? 1 : -1);
      }
      if (cameraAlong < -car.length() / 2) {
        rear();
      } else if (cameraAlong > car.length() / 2) {
        front();
      }
    }

    private Pen corner(double along, double across, double up) {
      return pen.corner(
          car.x() + along * sin + across * cos, up, car.z() + along * cos - across * sin);
    }

    private double along(double share) {
      return (share - 0.5) * car.length();
    }

    private Color lit(Color base, double shade) {
      return pen.light().on(base, distance, shade);
    }

    private void shadow() {
      double dark = 0.5 - 0.2 * pen.light().dark();
      for (double grow : new double[] {0.28, 0.05}) {
        double l = car.length() / 2 + grow;
        double w = car.width() / 2 + grow;
        pen.face();
        corner(-l, -w, 0);
        corner(-l, w, 0);
        corner(l, w, 0);
        corner(l, -w, 0);
        pen.fill(Light.alpha(Color.BLACK, dark * StrictMath.exp(-distance / 120)));
      }
    }

    /** The faces across the vehicle, the far end first. */
    private void faces() {
      int last = shape.outline().size() - 2;
      for (int i = 0; i <= last; i++) {
        int face = cameraAlong < 0 ? last - i : i;
        VehicleShape.Point from = shape.outline().get(face);
        VehicleShape.Point to = shape.outline().get(face + 1);
        double rise = (to.up() - from.up()) * car.height();
        double run = (to.along() - from.along()) * car.length();
        double toCamera =
            -rise * (cameraAlong - along(from.along()))
                + run * (Camera.ABOVE_GROUND - from.up() * car.height());
        if (toCamera > 0) {
          double upward = run / Math.max(0.01, Math.hypot(rise, run));
          pen.face();
          ends(from);
          endsBack(to);
          boolean glass = shape.isGlass(face);
          pen.fill(glass ? glass(0.8 + 0.5 * upward) : lit(body, 0.72 + 0.34 * upward));
        }
      }
    }

    private Color glass(double shade) {
      Color sky = Light.blend(GLASS, pen.light().zenith(), 0.28);
      return lit(sky, shade);
    }

    private void ends(VehicleShape.Point p) {
      double w = p.wide() * car.width() / 2;
      corner(along(p.along()), -w, p.up() * car.height());
      corner(along(p.along()), w, p.up() * car.height());
    }

    private void endsBack(VehicleShape.Point p) {
      double w = p.wide() * car.width() / 2;
      corner(along(p.along()), w, p.up() * car.height());
      corner(along(p.along()), -w, p.up() * car.height());
    }

    private void side(int side) {
      double shade = side * cos > 0 ? 0.78 : 0.9;
      pen.face();
      for (VehicleShape.Point p : shape.outline()) {
        corner(along(p.along()), side * p.wide() * car.width() / 2, p.up() * car.height());
      }
      pen.fill(lit(body, shade));
      sill(side, shade);
      for (VehicleShape.Window window : shape.windows()) {
        pen.face();
        glassCorner(window.x1(), window.low1(), side);
        glassCorner(window.x1(), window.top1(), side);
        glassCorner(window.x2(), window.top2(), side);
        glassCorner(window.x2(), window.low2(), side);
        pen.fill(glass(0.9));
      }
      wheel(side, 0.185);
      wheel(side, 0.81);
    }

    /** The darker lower edge, which gives the side some depth. */
    private void sill(int side, double shade) {
      double w = side * (car.width() / 2 + 0.005);
      pen.face();
      corner(along(0.02), w, 0.16 * car.height());
      corner(along(0.02), w, 0.27 * car.height());
      corner(along(0.98), w * 0.95, 0.27 * car.height());
      corner(along(0.98), w * 0.95, 0.16 * car.height());
      pen.fill(lit(body, shade * 0.62));
    }

    /** Windows lean inwards with the cabin. */
    private void glassCorner(double alongShare, double up, int side) {
      double lean = car.user() == RoadUser.VAN ? 0.96 : 0.95 - 0.22 * Math.max(0, up - 0.66) / 0.32;
      corner(along(alongShare), side * (lean * car.width() / 2 + 0.01), up * car.height());
    }

    private void wheel(int side, double alongShare) {
      double across = side * (car.width() / 2 + 0.01);
      disc(
          along(alongShare),
          across,
          shape.wheel() + 0.06,
          shape.wheel(),
          lit(new Color(14, 14, 16), 0.7));
      disc(along(alongShare), across, shape.wheel(), shape.wheel(), lit(TYRE, 0.9));
      if (distance < 45) {
        disc(along(alongShare), across, shape.wheel() * 0.62, shape.wheel(), lit(RIM, 0.85));
      }
    }

    private void disc(double along, double across, double radius, double up, Color colour) {
      pen.face();
      for (int i = 0; i < 14; i++) {
        double angle = 2 * Math.PI * i / 14;
        corner(
            along + radius * Math.cos(angle), across, Math.max(0, up + radius * Math.sin(angle)));
      }
      pen.fill(colour);
    }

    private void rear() {
      boolean lampsOn = car.braking();
      double dark = pen.light().dark();
      Color lamp =
          lampsOn
              ? pen.light().shining(BRAKE, distance)
              : Light.blend(lit(TAIL, 1.1), BRAKE, 0.45 * dark);
      double end = -car.length() / 2 - 0.01;
      bumper(end, 0.6);
      if (car.user() == RoadUser.VAN) {
        quad(end, -0.82, -0.06, 0.6, 0.88, glass(0.9));
        quad(end, 0.06, 0.82, 0.6, 0.88, glass(0.9));
      }
      quad(end, -0.98, -0.66, 0.45, 0.6, lamp);
      quad(end, 0.66, 0.98, 0.45, 0.6, lamp);
      quad(end, -0.24, 0.24, 0.36, 0.45, lit(PLATE, 0.85));
      if (lampsOn || (dark > 0.3 && car.speed() > 0.2)) {
        lamps(end, BRAKE, lampsOn ? 0.6 : 0.3 * dark, 0.5);
      }
    }

    private void front() {
      double dark = pen.light().dark();
      double end = car.length() / 2 + 0.01;
      boolean driving = car.speed() > 0.2 || car.braking();
      boolean on = driving && dark > 0.3;
      bumper(end, 0.6);
      quad(end, -0.5, 0.5, 0.3, 0.42, lit(new Color(30, 32, 34), 0.9));
      Color lamp = on ? HEAD : lit(new Color(222, 230, 236), 1);
      quad(end, -0.92, -0.58, 0.37, 0.48, lamp);
      quad(end, 0.58, 0.92, 0.37, 0.48, lamp);
      quad(end, -0.24, 0.24, 0.22, 0.3, lit(PLATE, 0.85));
      if (driving) {
        lamps(end, HEAD, 0.2 + 0.75 * dark, 0.42);
      }
    }

    private void bumper(double end, double shade) {
      quad(end, -0.96, 0.96, 0.17, 0.27, lit(body, shade));
    }

    private void quad(double along, double from, double to, double low, double top, Color colour) {
      double half = car.width() / 2;
      pen.face();
      corner(along, from * half, low * car.height());
      corner(along, to * half, low * car.height());
      corner(along, to * half, top * car.height());
      corner(along, from * half, top * car.height());
      pen.fill(colour);
    }

    private void lamps(double along, Color colour, double strength, double up) {
      for (int side = -1; side <= 1; side += 2) {
        double across = side * 0.78 * car.width() / 2;
        double x = car.x() + along * sin + across * cos;
        double z = car.z() + along * cos - across * sin;
        pen.glow(x, up * car.height(), z, 0.25 + 0.45 * pen.light().dark(), colour, strength);
      }
    }
  }
}
