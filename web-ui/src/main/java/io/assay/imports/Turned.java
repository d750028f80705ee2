package io.assay.imports;

/**
 * The smallest upright rectangle around one that is turned, in pixels: a stream's rectangles are
 * upright.
 */
record Turned(double x, double y, double width, double height) {
  /**
   * Around a point.
   *
   * @param degrees clockwise, as both tools give them
   */
  static Turned of(
      double x,
      double y,
      double width,
      double height,
      double degrees,
      double aboutX,
      double aboutY) {
    if (degrees == 0) {
      return new Turned(x, y, width, height);
    }
    double cos = Math.cos(Math.toRadians(degrees));
    double sin = Math.sin(Math.toRadians(degrees));
    double left = Double.POSITIVE_INFINITY;
    double top = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    for (double cornerX : new double[] {x, x + width}) {
      for (double cornerY : new double[] {y, y + height}) {
        double dx = cornerX - aboutX;
        double dy = cornerY - aboutY;
        double turnedX = aboutX + dx * cos - dy * sin;
        double turnedY = aboutY + dx * sin + dy * cos;
        left = Math.min(left, turnedX);
        right = Math.max(right, turnedX);
        top = Math.min(top, turnedY);
        bottom = Math.max(bottom, turnedY);
      }
    }
    return new Turned(left, top, right - left, bottom - top);
  }
}
