package io.assay.simulate;

import java.util.List;

/** Brings road users into the world, far enough ahead to be a few pixels high when they appear. */
final class Arrivals {
  private static final double SLOT = 6.4;

  private final Road road;
  private final Draws draws;
  private final List<Mover> movers;

  private int lastId;
  private double parkedUpTo;
  private long crossingsUpTo;

  Arrivals(Road road, Draws draws, List<Mover> movers) {
    this.road = road;
    this.draws = draws;
    this.movers = movers;
  }

  /** Fills the street between two places at the start. */
  void populate(double from, double to) {
    parkedUpTo = from;
    crossingsUpTo = road.crossingFrom(from + 15) - 1;
    park(to);
    waitAtCrossings(to);
    vehicle(Mover.Role.LANE, from + draws.between(17, 24));
    vehicle(Mover.Role.LANE, from + draws.between(52, 70));
    vehicle(Mover.Role.ONCOMING, from + draws.between(30, 45));
    vehicle(Mover.Role.ONCOMING, from + draws.between(80, 110));
    cyclist(1, from + draws.between(18, 40));
    cyclist(-1, from + draws.between(40, 80));
    for (int i = 0; i < 9; i++) {
      walker(from + draws.between(10, 120));
    }
  }

  /** What comes into the window in one step, whose far end is {@code edge}. */
  void arrive(double own, double edge) {
    park(edge);
    waitAtCrossings(edge);
    if (draws.chance(0.02) && count(Mover.Role.LANE) < 3 && free(Mover.Role.LANE, edge, 22)) {
      vehicle(Mover.Role.LANE, edge);
    }
    if (draws.chance(0.03) && free(Mover.Role.ONCOMING, edge, draws.between(18, 45))) {
      vehicle(Mover.Role.ONCOMING, edge);
    }
    if (draws.chance(0.02) && count(Mover.Role.BIKE) < 4 && free(Mover.Role.BIKE, edge, 12)) {
      cyclist(draws.chance(0.6) ? 1 : -1, edge);
    }
    if (draws.chance(0.08) && count(Mover.Role.WALKING) < 12) {
      walker(edge - draws.between(0, 25));
    }
    if (draws.chance(0.004) && nobodyNearAhead(own)) {
      vehicle(Mover.Role.LANE, own + 90);
    }
  }

  private boolean nobodyNearAhead(double own) {
    return movers.stream()
        .noneMatch(m -> m.role == Mover.Role.LANE && m.s > own && m.s < own + 110);
  }

  private int count(Mover.Role role) {
    return (int) movers.stream().filter(mover -> mover.role == role).count();
  }

  private boolean free(Mover.Role role, double place, double margin) {
    return movers.stream().noneMatch(m -> m.role == role && Math.abs(m.s - place) < margin);
  }

  private void vehicle(Mover.Role role, double place) {
    int heading = role == Mover.Role.LANE ? 1 : -1;
    RoadUser user = draws.chance(0.22) ? RoadUser.VAN : RoadUser.CAR;
    add(user, role, heading, place, heading * Road.LANE, draws.between(7.2, 9.6));
  }

  private void cyclist(int heading, double place) {
    add(
        RoadUser.CYCLIST,
        Mover.Role.BIKE,
        heading,
        place,
        heading * Road.BIKE,
        draws.between(4, 6));
  }

  private void walker(double place) {
    int side = draws.chance(0.5) ? 1 : -1;
    double u = side * draws.between(Road.CURB + 1, Road.WALK_EDGE - 0.6);
    int heading = draws.chance(0.5) ? 1 : -1;
    add(RoadUser.PEDESTRIAN, Mover.Role.WALKING, heading, place, u, draws.between(0.9, 1.6));
    if (draws.chance(0.3)) {
      Mover first = movers.getLast();
      Mover second =
          add(
              RoadUser.PEDESTRIAN,
              Mover.Role.WALKING,
              heading,
              place + 0.5,
              u - side * 0.75,
              first.wish);
      second.phase = first.phase + 1.3;
    }
  }

  private void park(double edge) {
    while (parkedUpTo < edge) {
      parkedUpTo += SLOT;
      for (int side = -1; side <= 1; side += 2) {
        if (draws.chance(0.34) && !road.nearCrossing(parkedUpTo, 9)) {
          RoadUser user = draws.chance(0.15) ? RoadUser.VAN : RoadUser.CAR;
          double place = parkedUpTo + draws.between(-0.3, 0.3);
          add(user, Mover.Role.PARKED, side, place, side * Road.PARKING, 1);
        }
      }
    }
  }

  private void waitAtCrossings(double edge) {
    while (road.crossing(crossingsUpTo + 1) < edge) {
      crossingsUpTo++;
      int people = draws.chance(0.75) ? 1 + draws.below(3) : 0;
      for (int i = 0; i < people; i++) {
        int side = draws.chance(0.5) ? 1 : -1;
        double place = road.crossing(crossingsUpTo) + draws.between(-1.3, 1.3);
        Mover waiting =
            add(
                RoadUser.PEDESTRIAN,
                Mover.Role.WAITING,
                1,
                place,
                -side * (Road.CURB + draws.between(0.3, 0.8)),
                draws.between(1.2, 1.7));
        waiting.side = side;
        waiting.patience = draws.between(0, 1.5);
      }
    }
  }

  private Mover add(RoadUser user, Mover.Role role, int heading, double s, double u, double wish) {
    var mover = new Mover(++lastId, user, role, heading, s, u, wish, draws);
    movers.add(mover);
    return mover;
  }
}
