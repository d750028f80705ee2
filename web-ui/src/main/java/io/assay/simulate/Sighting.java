package io.assay.simulate;

import java.util.Optional;

/**
 * A road user as it lies in the image.
 *
 * @param whole its box, also where that leaves the image
 * @param box the part inside the image
 * @param right camera coordinates of its middle
 * @param ahead likewise
 * @param visible share of the box that no nearer box covers
 */
record Sighting(
    Thing thing, Box whole, Box box, double right, double ahead, double turn, double visible) {
  double distance() {
    return Math.hypot(right, ahead);
  }

  /** Share of the box that lies outside the image. */
  double truncated() {
    return 1 - box.area() / whole.area();
  }

  Sighting withVisible(double share) {
    return new Sighting(thing, whole, box, right, ahead, turn, share);
  }

  /** Empty where the road user is beside or behind the camera. */
  static Optional<Sighting> of(Thing thing, Camera camera) {
    double turn = thing.yaw() - camera.yaw();
    double sin = StrictMath.sin(turn);
    double cos = StrictMath.cos(turn);
    double right = camera.right(thing.x(), thing.z());
    double ahead = camera.ahead(thing.x(), thing.z());
    double left = Double.POSITIVE_INFINITY;
    double top = Double.POSITIVE_INFINITY;
    double rightmost = Double.NEGATIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    for (int corner = 0; corner < 4; corner++) {
      double along = thing.length() / 2 * ((corner & 1) == 0 ? -1 : 1);
      double across = thing.width() / 2 * ((corner & 2) == 0 ? -1 : 1);
      double cornerAhead = ahead + along * cos - across * sin;
      if (cornerAhead < Camera.NEAR) {
        return Optional.empty();
      }
      double column = Camera.column(right + along * sin + across * cos, cornerAhead);
      left = Math.min(left, column);
      rightmost = Math.max(rightmost, column);
      top = Math.min(top, Camera.row(thing.height(), cornerAhead));
      bottom = Math.max(bottom, Camera.row(0, cornerAhead));
    }
    Box whole = new Box(left, top, rightmost, bottom);
    Box inside = whole.intersect(Camera.IMAGE);
    return inside.area() == 0
        ? Optional.empty()
        : Optional.of(new Sighting(thing, whole, inside, right, ahead, turn, 1));
  }
}
