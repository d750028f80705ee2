package io.assay.simulate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What lies in the camera's image, nearest first, with how much of it can be seen. */
record View(Snapshot snapshot, List<Sighting> sightings) {
  /** Visibility is measured on a grid of this many points a side. */
  private static final int GRID = 10;

  static View of(Snapshot snapshot) {
    List<Sighting> nearestFirst = new ArrayList<>();
    for (Thing thing : snapshot.things()) {
      Sighting.of(thing, snapshot.camera()).ifPresent(nearestFirst::add);
    }
    nearestFirst.sort(
        Comparator.comparingDouble(Sighting::distance).thenComparingInt(s -> s.thing().id()));
    List<Sighting> seen = new ArrayList<>();
    for (Sighting sighting : nearestFirst) {
      seen.add(sighting.withVisible(visible(sighting.box(), seen)));
    }
    return new View(snapshot, List.copyOf(seen));
  }

  private static double visible(Box box, List<Sighting> nearer) {
    List<Box> covering = new ArrayList<>();
    for (Sighting other : nearer) {
      if (other.box().intersect(box).area() > 0) {
        covering.add(other.box());
      }
    }
    if (covering.isEmpty()) {
      return 1;
    }
    int free = 0;
    for (int i = 0; i < GRID * GRID; i++) {
      int column = i % GRID;
      int row = i / GRID;
      double x = box.x1() + box.width() * (column + 0.5) / GRID;
      double y = box.y1() + box.height() * (row + 0.5) / GRID;
      if (covering.stream().noneMatch(cover -> cover.contains(x, y))) {
        free++;
      }
    }
    return free / (double) (GRID * GRID);
  }
}
