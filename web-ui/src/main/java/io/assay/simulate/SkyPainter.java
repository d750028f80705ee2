package io.assay.simulate;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;

/**
 * Draws what is too far away to move: sky, sun or moon, clouds, a skyline. Directions are radians
 * of yaw.
 */
final class SkyPainter {
  private static final int HORIZON = (int) Camera.CENTRE_Y + 4;
  private static final double STEP = 0.035;

  private final Graphics2D graphics;
  private final Light light;
  private final Weather weather;
  private final double yaw;

  SkyPainter(Graphics2D graphics, Light light, Weather weather, double yaw) {
    this.graphics = graphics;
    this.light = light;
    this.weather = weather;
    this.yaw = yaw;
  }

  void paint() {
    graphics.setPaint(new GradientPaint(0, -40, light.zenith(), 0, HORIZON, light.horizon()));
    graphics.fill(new Rectangle2D.Double(0, 0, Camera.WIDTH, HORIZON));
    if (weather.sky() == Weather.Sky.CLEAR) {
      orb();
    }
    clouds();
    skyline(0.9, 34, 0.72, 11);
    skyline(0.6, 20, 0.5, 23);
  }

  private double column(double direction) {
    return Camera.CENTRE_X + Camera.FOCAL * Math.tan(direction - yaw);
  }

  private void orb() {
    boolean moon = weather.daylight() < 0.3;
    double column = column(moon ? -0.35 : 0.3);
    double row = moon ? 42 : 30 + 95 * (1 - weather.daylight());
    Color colour = moon ? new Color(226, 228, 236) : new Color(255, 244, 214);
    float reach = moon ? 60 : 150;
    graphics.setPaint(
        new RadialGradientPaint(
            new Point2D.Double(column, row),
            reach,
            new float[] {0f, 0.1f, 1f},
            new Color[] {
              Light.alpha(colour, 0.9), Light.alpha(colour, 0.35), Light.alpha(colour, 0)
            }));
    graphics.fill(new Ellipse2D.Double(column - reach, row - reach, 2 * reach, 2 * reach));
    double radius = moon ? 8 : 13;
    graphics.setPaint(colour);
    graphics.fill(new Ellipse2D.Double(column - radius, row - radius, 2 * radius, 2 * radius));
  }

  private void clouds() {
    boolean clear = weather.sky() == Weather.Sky.CLEAR;
    int count = clear ? 8 : 20;
    Color colour =
        Light.blend(
            light.zenith(),
            Color.WHITE,
            clear ? 0.25 + 0.5 * weather.daylight() : 0.12 + 0.2 * weather.daylight());
    for (int i = 0; i < count; i++) {
      double column = column(-0.9 + 1.8 * Draws.at(3, i, 0));
      double row = 6 + 95 * Draws.at(3, i, 1);
      double size = (clear ? 50 : 110) * (0.5 + Draws.at(3, i, 2));
      graphics.setPaint(Light.alpha(colour, clear ? 0.32 : 0.22));
      for (int puff = 0; puff < 4; puff++) {
        double w = size * (0.5 + 0.5 * Draws.at(3, i, 3 + puff));
        double dx = size * (puff - 1.5) * 0.45;
        double dy = size * 0.06 * Draws.at(3, i, 9 + puff);
        graphics.fill(new Ellipse2D.Double(column + dx - w / 2, row - dy - w * 0.14, w, w * 0.28));
      }
    }
  }

  private void skyline(double spread, double height, double share, int aspect) {
    var path = new Path2D.Double();
    int from = (int) Math.floor((yaw - spread) / STEP);
    int to = (int) Math.ceil((yaw + spread) / STEP);
    path.moveTo(column(from * STEP), HORIZON + 2);
    for (int i = from; i < to; i++) {
      double row = HORIZON - height * (0.25 + Draws.at(7, i, aspect));
      path.lineTo(column(i * STEP), row);
      path.lineTo(column((i + 1) * STEP), row);
    }
    path.lineTo(column(to * STEP), HORIZON + 2);
    path.closePath();
    Color far = Light.blend(new Color(96, 112, 130), new Color(20, 22, 34), light.dark());
    graphics.setPaint(Light.blend(far, light.horizon(), share));
    graphics.fill(path);
  }
}
