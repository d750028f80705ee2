package io.assay.imports;

import java.util.OptionalDouble;

/**
 * One object that a sensor saw in a frame, by the corners of its box in the image.
 *
 * @param frame counted from 0
 * @param distance metres from the camera, where the sensor measures it
 */
record KittiBox(
    int frame,
    String label,
    double score,
    double x1,
    double y1,
    double x2,
    double y2,
    OptionalDouble distance) {}
