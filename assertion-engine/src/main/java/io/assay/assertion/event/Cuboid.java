package io.assay.assertion.event;

/**
 * A box in space: centre and size in metres, and its turn about the vertical axis in radians: 0
 * where its length points to the right, growing from right to behind.
 *
 * @param x right
 * @param y down
 * @param z ahead
 */
public record Cuboid(
    double x, double y, double z, double height, double width, double length, double yaw) {}
