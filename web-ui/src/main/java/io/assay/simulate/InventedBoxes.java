package io.assay.simulate;

import java.util.Optional;
import java.util.Set;

/**
 * Places for things that a detector reports although nothing is there: plausible in size and
 * position.
 */
final class InventedBoxes {
  private static final int TRIES = 12;

  private final Draws draws;

  InventedBoxes(Draws draws) {
    this.draws = draws;
  }

  record Invented(RoadUser label, Box box, double score) {
    InjectedError error(ErrorKind kind, String track, int from, int to) {
      return new InjectedError(kind, Set.of(track), null, from, to, label, box, 0, score);
    }
  }

  Optional<Invented> near(Snapshot snapshot) {
    double draw = draws.unit();
    RoadUser label =
        draw < 0.45
            ? RoadUser.PEDESTRIAN
            : draw < 0.7 ? RoadUser.CAR : draw < 0.85 ? RoadUser.CYCLIST : RoadUser.VAN;
    // The second figure lets a rule's score filter hide some of them.
    double score = draws.chance(0.15) ? draws.between(0.3, 0.49) : draws.between(0.5, 0.8);
    for (int i = 0; i < TRIES; i++) {
      double ahead = draws.between(10, 34);
      double s = snapshot.s() + ahead;
      double u = draws.between(-10, 10);
      var mover = new Mover(0, label, Mover.Role.PARKED, 1, s, u, 1, draws);
      Optional<Sighting> sighting =
          Sighting.of(mover.thing(snapshot.road()), snapshot.camera())
              .filter(found -> found.truncated() == 0);
      if (sighting.isPresent()) {
        return Optional.of(new Invented(label, sighting.get().box(), score));
      }
    }
    return Optional.empty();
  }
}
