package io.assay.simulate;

/** A road user on its way: the one mutable thing of the world, known to {@link World} alone. */
final class Mover {
  enum Role {
    LANE,
    ONCOMING,
    BIKE,
    PARKED,
    WALKING,
    WAITING,
    CROSSING
  }

  final int id;
  final RoadUser user;
  final int look;
  final double length;
  final double width;
  final double height;
  final double wish;

  Role role;

  /** +1 along the street, -1 against it. */
  int heading;

  double s;
  double u;
  double speed;
  double phase;
  boolean braking;

  /** The side that a crossing pedestrian walks to: +1 right, -1 left. */
  int side;

  /** Seconds that a pedestrian still waits at the kerb. */
  double patience;

  Mover(
      int id, RoadUser user, Role role, int heading, double s, double u, double wish, Draws draws) {
    this.id = id;
    this.user = user;
    this.role = role;
    this.heading = heading;
    this.s = s;
    this.u = u;
    this.wish = wish;
    this.speed = role == Role.PARKED || role == Role.WAITING ? 0 : wish;
    this.look = draws.below(1 << 20);
    this.phase = draws.between(0, 6);
    double size = draws.between(0.94, 1.06);
    this.length =
        size
            * switch (user) {
              case CAR -> 4.25;
              case VAN -> 5.3;
              case PEDESTRIAN -> 0.5;
              case CYCLIST -> 1.75;
            };
    this.width =
        size
            * switch (user) {
              case CAR -> 1.78;
              case VAN -> 2.0;
              case PEDESTRIAN -> 0.55;
              case CYCLIST -> 0.6;
            };
    this.height =
        size
            * switch (user) {
              case CAR -> 1.5;
              case VAN -> 2.35;
              case PEDESTRIAN, CYCLIST -> 1.74;
            };
  }

  /** Where its front is, along its own way. */
  double front() {
    return heading * s + length / 2;
  }

  double back() {
    return heading * s - length / 2;
  }

  Thing thing(Road road) {
    double yaw =
        road.yaw(s)
            + switch (role) {
              case CROSSING, WAITING -> side * StrictMath.PI / 2;
              case LANE, ONCOMING, BIKE, PARKED, WALKING -> heading > 0 ? 0 : StrictMath.PI;
            };
    return new Thing(
        id, user, road.x(s, u), s, yaw, speed, length, width, height, look, phase, braking);
  }
}
