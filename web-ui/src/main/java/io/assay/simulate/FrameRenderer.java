package io.assay.simulate;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Draws what the camera sees of a snapshot: the sky, the ground, then everything else from far to
 * near.
 */
final class FrameRenderer {
  private static final double FAR = 125;

  private final Snapshot snapshot;
  private final BufferedImage image =
      new BufferedImage(Camera.WIDTH, Camera.HEIGHT, BufferedImage.TYPE_INT_RGB);
  private final Graphics2D graphics = image.createGraphics();
  private final Light light;
  private final Pen pen;

  private FrameRenderer(Snapshot snapshot) {
    this.snapshot = snapshot;
    this.light = new Light(snapshot.weather());
    this.pen = new Pen(graphics, snapshot.camera(), light);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  static BufferedImage render(Snapshot snapshot) {
    var renderer = new FrameRenderer(snapshot);
    renderer.paint();
    renderer.graphics.dispose();
    return renderer.image;
  }

  /** Something with a depth, so that nearer things are drawn over farther ones. */
  private record Item(double depth, Runnable paint) {}

  private void paint() {
    new SkyPainter(graphics, light, snapshot.weather(), snapshot.camera().yaw()).paint();
    new GroundPainter(pen, snapshot).paint();
    headlights();
    List<Item> items = new ArrayList<>();
    streetside(items);
    roadUsers(items);
    items.sort(Comparator.comparingDouble(Item::depth).reversed());
    items.forEach(item -> item.paint().run());
    if (snapshot.weather().sky() == Weather.Sky.RAIN) {
      rain();
    }
  }

  private void streetside(List<Item> items) {
    var painter = new StreetsidePainter(pen, snapshot.road());
    double s = snapshot.s();
    for (int side = -1; side <= 1; side += 2) {
      int which = side;
      for (long i = first(s - 8, StreetsidePainter.HOUSE);
          i * StreetsidePainter.HOUSE < s + FAR;
          i++) {
        long block = i;
        // A house lies behind everything beside it: its far end decides.
        items.add(
            new Item((i + 1.3) * StreetsidePainter.HOUSE - s, () -> painter.house(block, which)));
      }
      for (long i = first(s, StreetsidePainter.TREE); i * StreetsidePainter.TREE < s + FAR; i++) {
        long place = i;
        items.add(new Item(i * StreetsidePainter.TREE + 1.5 - s, () -> painter.tree(place, which)));
      }
      for (long i = first(s - 16, StreetsidePainter.LAMP_SPACING);
          i * StreetsidePainter.LAMP_SPACING < s + FAR;
          i++) {
        long place = i;
        double offset = side > 0 ? 0 : StreetsidePainter.LAMP_SPACING / 2;
        items.add(
            new Item(
                i * StreetsidePainter.LAMP_SPACING + offset - s, () -> painter.lamp(place, which)));
      }
    }
  }

  private static long first(double s, double spacing) {
    return (long) Math.floor(s / spacing);
  }

  private void roadUsers(List<Item> items) {
    var vehicles = new VehiclePainter(pen);
    var people = new PersonPainter(pen);
    Camera camera = snapshot.camera();
    for (Thing thing : snapshot.things()) {
      double depth = camera.ahead(thing.x(), thing.z());
      if (depth > -2) {
        items.add(
            new Item(
                depth,
                () -> {
                  if (thing.user().isVehicle()) {
                    vehicles.paint(thing);
                  } else {
                    people.paint(thing);
                  }
                }));
      }
    }
  }

  /** The own headlights' pool on the road. */
  private void headlights() {
    if (light.dark() < 0.2) {
      return;
    }
    Road road = snapshot.road();
    double[][] pools = {
      {30, 4.0, 0.02},
      {27, 3.7, 0.02},
      {24, 3.4, 0.02},
      {21, 3.1, 0.02},
      {18, 2.8, 0.02},
      {15, 2.5, 0.02},
      {12.5, 2.2, 0.02},
      {10, 2.0, 0.02},
      {8, 1.8, 0.02}
    };
    for (double[] pool : pools) {
      pen.face();
      for (int i = 0; i < 20; i++) {
        double angle = 2 * Math.PI * i / 20;
        double s = snapshot.s() + 2 + pool[0] / 2 * (1 - Math.cos(angle));
        double spread = pool[1] * (0.55 + 0.45 * (s - snapshot.s()) / pool[0]);
        pen.corner(road.x(s, Road.LANE + spread * Math.sin(angle)), 0, s);
      }
      pen.fill(Light.alpha(new Color(255, 240, 206), pool[2] * light.dark()));
    }
  }

  private void rain() {
    graphics.setStroke(new java.awt.BasicStroke(1f));
    for (int i = 0; i < 130; i++) {
      double x = Camera.WIDTH * Draws.at(snapshot.frame(), i, 60);
      double y = Camera.HEIGHT * Draws.at(snapshot.frame(), i, 61);
      double length = 10 + 16 * Draws.at(snapshot.frame(), i, 62);
      graphics.setPaint(new Color(226, 232, 240, 70));
      graphics.draw(new Line2D.Double(x, y, x - length * 0.18, y + length));
    }
  }
}
