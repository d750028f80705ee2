package io.assay.assertion.event;

/**
 * An axis-parallel box in the image plane, in pixels.
 *
 * @param x left edge
 * @param y top edge
 * @param width to the right; negative is kept, and raises the schema assertion
 * @param height downwards; likewise
 */
public record Rect(double x, double y, double width, double height) {

  /** 0 where a side is nothing or less. */
  public double area() {
    return width <= 0 || height <= 0 ? 0 : width * height;
  }

  /** Intersection over union in 0 .. 1; 0 when either has no area. */
  public double iou(Rect other) {
    double w = Math.min(x + width, other.x + other.width) - Math.max(x, other.x);
    double h = Math.min(y + height, other.y + other.height) - Math.max(y, other.y);
    if (w <= 0 || h <= 0) {
      return 0;
    }
    double shared = w * h;
    return shared / (area() + other.area() - shared);
  }
}
