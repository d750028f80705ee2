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
    boolean braking) {}
