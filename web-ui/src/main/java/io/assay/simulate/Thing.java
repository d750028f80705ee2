package io.assay.simulate;

/**
 * A road user at one moment, seen from above: metres and radians in the world's plane, dimensions
 * of its cuboid.
 *
 * @param yaw 0 along the street, positive to the right
 * @param look decides colours and shape
 * @param phase of the walking or pedalling movement, radians
 */
record Thing(
    int id,
    RoadUser user,
    double x,
    double z,
    double yaw,
    double speed,
    double length,
    double width,
    double height,
    int look,
    double phase,
    boolean braking) {

  /** Part of the way to where it is in the next frame. */
  Thing towards(Thing next, double share) {
    double turned = StrictMath.IEEEremainder(next.yaw - yaw, 2 * StrictMath.PI);
    return new Thing(
        id,
        user,
        x + share * (next.x - x),
        z + share * (next.z - z),
        yaw + share * turned,
        speed,
        length,
        width,
        height,
        look,
        phase,
        braking);
  }
}
