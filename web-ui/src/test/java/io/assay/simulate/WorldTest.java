package io.assay.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorldTest {
  private static final long MORNING = Instant.parse("2026-03-02T08:00:00Z").toEpochMilli();
  private static final int FRAMES = 3000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void nobodyMovesFasterThanTheyCan(long seed) {
    var world = new World(seed, MORNING);
    Map<Integer, Thing> before = new HashMap<>();
    for (int i = 0; i < FRAMES; i++) {
      for (Thing thing : world.next().things()) {
        double fastest =
            switch (thing.user()) {
              case CAR, VAN -> 11;
              case CYCLIST -> 6.5;
              case PEDESTRIAN -> 2;
            };
        Thing last = before.put(thing.id(), thing);
        if (last != null) {
          double way = Math.hypot(thing.x() - last.x(), thing.z() - last.z());
          assertThat(way / World.STEP).as("speed of %s", thing).isLessThan(fastest);
        }
      }
    }
    assertThat(before).hasSizeGreaterThan(100);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void vehiclesOfALaneDoNotDriveThroughEachOther(long seed) {
    var world = new World(seed, MORNING);
    for (int i = 0; i < FRAMES; i++) {
      Snapshot snapshot = world.next();
      for (int side = -1; side <= 1; side += 2) {
        double lane = side * Road.LANE;
        List<Thing> inLane =
            snapshot.things().stream()
                .filter(thing -> thing.user().isVehicle())
                .filter(thing -> Math.abs(thing.x() - snapshot.road().x(thing.z(), lane)) < 0.1)
                .sorted((a, b) -> Double.compare(a.z(), b.z()))
                .toList();
        for (int k = 1; k < inLane.size(); k++) {
          Thing behind = inLane.get(k - 1);
          Thing ahead = inLane.get(k);
          assertThat(ahead.z() - behind.z())
              .as("frame %d: %s and %s", i, behind, ahead)
              .isGreaterThan((ahead.length() + behind.length()) / 2);
        }
        if (side > 0) {
          assertThat(inLane)
              .as("frame %d, own car at %s", i, snapshot.s())
              .noneMatch(car -> Math.abs(car.z() - snapshot.s()) < car.length() / 2 + 1.6);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void theOwnCarStopsForPeopleOnTheCrossing(long seed) {
    var world = new World(seed, MORNING);
    int stops = 0;
    boolean stood = false;
    for (int i = 0; i < 2 * FRAMES; i++) {
      Snapshot snapshot = world.next();
      boolean stands = snapshot.speed() < 0.2;
      stops += stands && !stood ? 1 : 0;
      stood = stands;
      assertThat(snapshot.things())
          .as("frame %d", i)
          .noneMatch(
              thing ->
                  thing.user() == RoadUser.PEDESTRIAN
                      && Math.hypot(
                              thing.x() - snapshot.camera().x(), thing.z() - snapshot.camera().z())
                          < 1.5);
    }
    assertThat(stops).isPositive();
  }
}
