package io.assay.simulate;

import java.util.ArrayList;
import java.util.List;

/**
 * The traffic around the own car, in steps of a frame. Vehicles follow the one before them by the
 * intelligent driver model (Treiber, Hennecke, Helbing, 2000) and stop for pedestrians at zebra
 * crossings.
 */
final class World {
  static final double STEP = 0.1;

  private static final double AHEAD = 130;
  private static final double BEHIND = 15;

  /** The camera sits this far behind the own car's front bumper. */
  private static final double NOSE = 1.6;

  private final long seed;
  private final long start;
  private final Road road;
  private final Draws draws;
  private final List<Mover> movers = new ArrayList<>();
  private final Arrivals arrivals;

  private double s = 100;
  private double speed = 8;
  private int frame = -1;

  World(long seed, long start) {
    this.seed = seed;
    this.start = start;
    this.road = new Road(Draws.seed(seed, 1));
    this.draws = new Draws(Draws.seed(seed, 2));
    this.arrivals = new Arrivals(road, draws, movers);
    arrivals.populate(s, s + AHEAD);
  }

  /** The next frame of the world, from number 0: one before the first that sensors report. */
  Snapshot next() {
    frame++;
    if (frame > 0) {
      step();
    }
    long at = start + Math.round((frame - 1) * 1000 * STEP);
    List<Thing> things = new ArrayList<>();
    for (Mover mover : movers) {
      things.add(mover.thing(road));
    }
    Camera camera = new Camera(road.x(s, Road.LANE), s, road.yaw(s));
    Weather weather = Weather.of(seed, at, frame * STEP);
    return new Snapshot(frame, at, s, camera, speed, weather, road, things);
  }

  private void step() {
    double wish = 8.2 + 1.6 * StrictMath.sin(frame * STEP / 17);
    speed = faster(speed, drive(s + NOSE, 1, Mover.Role.LANE, speed, wish));
    s += speed * STEP;
    for (Mover mover : movers) {
      switch (mover.role) {
        case LANE, ONCOMING, BIKE -> roll(mover);
        case WALKING -> walk(mover);
        case WAITING -> await(mover);
        case CROSSING -> cross(mover);
        case PARKED -> {}
      }
    }
    movers.removeIf(mover -> mover.s < s - BEHIND || mover.s > s + AHEAD + 20);
    arrivals.arrive(s, s + AHEAD);
  }

  private static double faster(double speed, double acceleration) {
    return Math.max(0, speed + acceleration * STEP);
  }

  private void roll(Mover mover) {
    double acceleration = drive(mover.front(), mover.heading, mover.role, mover.speed, mover.wish);
    mover.braking = acceleration < -0.7 || mover.speed < 0.3;
    mover.speed = faster(mover.speed, acceleration);
    mover.s += mover.heading * mover.speed * STEP;
    mover.phase += mover.speed * STEP * 2.2;
  }

  /** Acceleration for a vehicle whose front is at {@code front} along its own way. */
  private double drive(double front, int heading, Mover.Role lane, double speed, double wish) {
    double gap = 200;
    double leader = wish;
    for (Mover other : movers) {
      if (other.role == lane && other.heading == heading && other.back() > front - 1) {
        double between = other.back() - front;
        if (between < gap && other.front() > front + 0.1) {
          gap = between;
          leader = other.speed;
        }
      }
    }
    double stop = stopLine(front, heading, speed);
    if (stop < gap) {
      gap = stop;
      leader = 0;
    }
    double comfort = 2.0;
    double closing = speed * (speed - leader) / (2 * StrictMath.sqrt(1.6 * comfort));
    double wanted = 3.2 + Math.max(0, speed * 1.2 + closing);
    double ratio = speed / wish;
    double near = wanted / Math.max(gap, 0.3);
    return Math.clamp(1.6 * (1 - ratio * ratio * ratio * ratio - near * near), -7, 1.6);
  }

  /** How far it is to a crossing with somebody on it, if it is still possible to stop there. */
  private double stopLine(double front, int heading, double speed) {
    double nearest = Double.POSITIVE_INFINITY;
    for (Mover other : movers) {
      if (other.role == Mover.Role.CROSSING && Math.abs(other.u) < 5.5) {
        double distance = heading * other.s - front - 2.5;
        if (distance > speed * speed / 11 - 0.5) {
          nearest = Math.min(nearest, Math.max(distance, 0));
        }
      }
    }
    return nearest;
  }

  private void walk(Mover mover) {
    mover.s += mover.heading * mover.speed * STEP;
    mover.phase += mover.speed * STEP * 4.2;
  }

  private void await(Mover mover) {
    boolean carClose = mover.s - s < 55 && mover.s - s > speed * speed / 7 + 5;
    if (carClose) {
      mover.patience -= STEP;
    }
    if (mover.patience < 0 && roadIsFree(mover.s)) {
      mover.role = Mover.Role.CROSSING;
      mover.speed = mover.wish;
    }
  }

  private boolean roadIsFree(double place) {
    for (Mover other : movers) {
      if (other.role == Mover.Role.LANE
          || other.role == Mover.Role.ONCOMING
          || other.role == Mover.Role.BIKE) {
        double distance = other.heading * place - other.front();
        if (distance > -other.length - 2 && distance < 3 + other.speed * other.speed / 7) {
          return false;
        }
      }
    }
    double own = place - (s + NOSE);
    return own < -8 || own > 3 + speed * speed / 7;
  }

  private void cross(Mover mover) {
    mover.u += mover.side * mover.speed * STEP;
    mover.phase += mover.speed * STEP * 4.2;
    if (mover.u * mover.side > Road.CURB + 0.9) {
      mover.role = Mover.Role.WALKING;
      mover.heading = (mover.look & 1) == 0 ? 1 : -1;
    }
  }
}
