package io.assay.simulate;

/**
 * A pinhole camera on the roof of the own car, looking along it. Camera coordinates are x to the
 * right, y down, z ahead, in metres.
 *
 * @param x world position
 * @param z world position
 * @param yaw as in {@link Thing}
 */
record Camera(double x, double z, double yaw) {
  static final int WIDTH = 1242;
  static final int HEIGHT = 375;
  static final double FOCAL = 721.5;
  static final double CENTRE_X = 609.6;
  static final double CENTRE_Y = 172.9;
  static final double ABOVE_GROUND = 1.65;

  /** Nothing nearer than this is projected. */
  static final double NEAR = 0.6;

  static final Box IMAGE = new Box(0, 0, WIDTH, HEIGHT);

  double right(double worldX, double worldZ) {
    return (worldX - x) * StrictMath.cos(yaw) - (worldZ - z) * StrictMath.sin(yaw);
  }

  double ahead(double worldX, double worldZ) {
    return (worldX - x) * StrictMath.sin(yaw) + (worldZ - z) * StrictMath.cos(yaw);
  }

  static double column(double right, double ahead) {
    return CENTRE_X + FOCAL * right / ahead;
  }

  static double row(double height, double ahead) {
    return CENTRE_Y + FOCAL * (ABOVE_GROUND - height) / ahead;
  }
}
