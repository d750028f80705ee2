package io.assay.simulate;

/** A box in the image, in pixels, y downwards. */
record Box(double x1, double y1, double x2, double y2) {
  double width() {
    return x2 - x1;
  }

  double height() {
    return y2 - y1;
  }

  double area() {
    return Math.max(0, width()) * Math.max(0, height());
  }

  double centreX() {
    return (x1 + x2) / 2;
  }

  double centreY() {
    return (y1 + y2) / 2;
  }

  double distance(Box other) {
    return Math.hypot(centreX() - other.centreX(), centreY() - other.centreY());
  }

  double iou(Box other) {
    double shared = intersect(other).area();
    return shared == 0 ? 0 : shared / (area() + other.area() - shared);
  }

  /** The part in both; without area where they do not meet. */
  Box intersect(Box other) {
    double left = Math.max(x1, other.x1);
    double top = Math.max(y1, other.y1);
    return new Box(
        left, top, Math.max(left, Math.min(x2, other.x2)), Math.max(top, Math.min(y2, other.y2)));
  }

  Box shift(double dx, double dy) {
    return new Box(x1 + dx, y1 + dy, x2 + dx, y2 + dy);
  }

  boolean contains(double x, double y) {
    return x >= x1 && x <= x2 && y >= y1 && y <= y2;
  }

  /** To a tenth of a pixel, as detectors report. */
  Box rounded() {
    return new Box(tenth(x1), tenth(y1), tenth(x2), tenth(y2));
  }

  static double tenth(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
