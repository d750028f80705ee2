package io.assay.assertion.eval.term;

import io.assay.assertion.event.Cuboid;
import io.assay.assertion.event.Rect;

/**
 * Where a box lies, for a question that is asked of pairs: of boxes whose zones do not meet, the
 * answer is no.
 */
public record Zone(double left, double top, double right, double bottom) {
  /** Meets all, those that lie nowhere too. */
  static final Zone ANYWHERE =
      new Zone(
          Double.NEGATIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          Double.POSITIVE_INFINITY);

  /** Meets none but those that may lie anywhere. */
  public static final Zone NOWHERE = new Zone(0, 0, -1, -1);

  // Wide enough for the rounding of a distance, its squares' underflow included.
  private static final double OF_REACH = 1e-9;
  private static final double OF_PLACE = 1e-12;
  private static final double LEAST = 1e-100;

  boolean isAnywhere() {
    return left == Double.NEGATIVE_INFINITY && right == Double.POSITIVE_INFINITY;
  }

  /** Neither anywhere nor nowhere. */
  boolean isSomewhere() {
    return !isAnywhere() && left <= right;
  }

  /** Where others overlap with it: only what has an area can. */
  public static Zone of(Rect box) {
    double right = box.x() + box.width();
    double bottom = box.y() + box.height();
    return box.x() < right && box.y() < bottom
        ? new Zone(box.x(), box.y(), right, bottom)
        : NOWHERE;
  }

  /** Meets that of another where the two centres are so many pixels apart, or fewer. */
  static Zone around(Rect box, double reach) {
    return around(
        box.x() + box.width() / 2,
        Math.abs(box.x()) + Math.abs(box.width()),
        box.y() + box.height() / 2,
        Math.abs(box.y()) + Math.abs(box.height()),
        reach);
  }

  /** Meets that of another where the two centres are so many metres apart, or fewer. */
  static Zone around(Cuboid box, double reach) {
    return around(box.x(), Math.abs(box.x()), box.z(), Math.abs(box.z()), reach);
  }

  private static Zone around(double x, double sizeX, double y, double sizeY, double reach) {
    double half = reach / 2 * (1 + OF_REACH) + LEAST;
    double acrossX = half + OF_PLACE * sizeX;
    double acrossY = half + OF_PLACE * sizeY;
    Zone zone = new Zone(x - acrossX, y - acrossY, x + acrossX, y + acrossY);
    return zone.isFinite() ? zone : ANYWHERE;
  }

  private boolean isFinite() {
    return Double.isFinite(left)
        && Double.isFinite(top)
        && Double.isFinite(right)
        && Double.isFinite(bottom);
  }
}
