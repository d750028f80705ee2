package io.assay.simulate;

import java.util.List;

/**
 * The world at one frame. Immutable, so that the frame may be rendered later, or never.
 *
 * @param at epoch milliseconds
 * @param s how far along the street the own car's camera is
 */
record Snapshot(
    int frame,
    long at,
    double s,
    Camera camera,
    double speed,
    Weather weather,
    Road road,
    List<Thing> things) {
  Snapshot {
    things = List.copyOf(things);
  }
}
