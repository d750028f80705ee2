package io.assay.simulate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

  /**
   * The world between this frame and the next, everybody moving evenly; without those who come or
   * go.
   */
  Snapshot towards(Snapshot next, double share, long when) {
    Map<Integer, Thing> later = new HashMap<>();
    next.things.forEach(thing -> later.put(thing.id(), thing));
    List<Thing> between = new ArrayList<>();
    for (Thing thing : things) {
      Thing there = later.get(thing.id());
      if (there != null) {
        between.add(thing.towards(there, share));
      }
    }
    double middle = s + share * (next.s - s);
    return new Snapshot(
        frame,
        when,
        middle,
        new Camera(road.x(middle, Road.LANE), middle, road.yaw(middle)),
        speed,
        weather,
        road,
        between);
  }
}
