package io.assay.simulate;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;

/** Draws faces, limbs and glows that are given in world coordinates: x, height, z, in metres. */
final class Pen {
  private static final int MOST_CORNERS = 256;

  private final Graphics2D graphics;
  private final Camera camera;
  private final Light light;
  private final double[] right = new double[MOST_CORNERS];
  private final double[] height = new double[MOST_CORNERS];
  private final double[] ahead = new double[MOST_CORNERS];
  private int corners;

  Pen(Graphics2D graphics, Camera camera, Light light) {
    this.graphics = graphics;
    this.camera = camera;
    this.light = light;
  }

  Light light() {
    return light;
  }

  Graphics2D graphics() {
    return graphics;
  }

  Camera camera() {
    return camera;
  }

  /** Starts a face; its corners follow. */
  Pen face() {
    corners = 0;
    return this;
  }

  Pen corner(double x, double up, double z) {
    right[corners] = camera.right(x, z);
    height[corners] = up;
    ahead[corners] = camera.ahead(x, z);
    corners++;
    return this;
  }

  /** Fills the face, cut off where it would come too near to the camera. */
  void fill(java.awt.Paint paint) {
    Path2D.Double path = new Path2D.Double();
    boolean begun = false;
    for (int i = 0; i < corners; i++) {
      int next = (i + 1) % corners;
      if (ahead[i] >= Camera.NEAR) {
        begun = add(path, begun, right[i], height[i], ahead[i]);
      }
      if ((ahead[i] >= Camera.NEAR) != (ahead[next] >= Camera.NEAR)) {
        double share = (Camera.NEAR - ahead[i]) / (ahead[next] - ahead[i]);
        begun =
            add(
                path,
                begun,
                right[i] + share * (right[next] - right[i]),
                height[i] + share * (height[next] - height[i]),
                Camera.NEAR);
      }
    }
    if (begun) {
      path.closePath();
      graphics.setPaint(paint);
      graphics.fill(path);
    }
  }

  private static boolean add(Path2D.Double path, boolean begun, double r, double h, double a) {
    double column = Camera.column(r, a);
    double row = Camera.row(h, a);
    if (begun) {
      path.lineTo(column, row);
    } else {
      path.moveTo(column, row);
    }
    return true;
  }

  /** A thick line with round ends; nothing if an end is behind the camera. */
  void limb(
      double x1,
      double h1,
      double z1,
      double x2,
      double h2,
      double z2,
      double thick,
      Color colour) {
    double a1 = camera.ahead(x1, z1);
    double a2 = camera.ahead(x2, z2);
    if (a1 < Camera.NEAR || a2 < Camera.NEAR) {
      return;
    }
    double pixels = thick * Camera.FOCAL * 2 / (a1 + a2);
    graphics.setStroke(
        new BasicStroke((float) pixels, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.setPaint(colour);
    graphics.draw(
        new Line2D.Double(
            Camera.column(camera.right(x1, z1), a1),
            Camera.row(h1, a1),
            Camera.column(camera.right(x2, z2), a2),
            Camera.row(h2, a2)));
  }

  /** A ball, by its radius in metres. */
  void ball(double x, double up, double z, double wide, double high, Color colour) {
    double a = camera.ahead(x, z);
    if (a < Camera.NEAR) {
      return;
    }
    double w = wide * Camera.FOCAL / a;
    double h = high * Camera.FOCAL / a;
    double column = Camera.column(camera.right(x, z), a);
    double row = Camera.row(up, a);
    graphics.setPaint(colour);
    graphics.fill(new Ellipse2D.Double(column - w, row - h, 2 * w, 2 * h));
  }

  /** A lamp's halo. */
  void glow(double x, double up, double z, double radius, Color colour, double strength) {
    double a = camera.ahead(x, z);
    if (a < Camera.NEAR) {
      return;
    }
    float pixels = (float) (radius * Camera.FOCAL / a);
    if (pixels < 1.5) {
      return;
    }
    double column = Camera.column(camera.right(x, z), a);
    double row = Camera.row(up, a);
    graphics.setPaint(
        new RadialGradientPaint(
            new Point2D.Double(column, row),
            pixels,
            new float[] {0f, 0.25f, 1f},
            new Color[] {
              Light.alpha(colour, strength),
              Light.alpha(colour, strength * 0.4),
              Light.alpha(colour, 0)
            }));
    graphics.fill(new Ellipse2D.Double(column - pixels, row - pixels, 2 * pixels, 2 * pixels));
  }
}
