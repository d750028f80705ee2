package io.assay.bench.street;

import io.assay.simulate.KnownError;
import io.assay.simulate.LidarScan;
import io.assay.simulate.StreetFrame;
import io.assay.simulate.StreetSettings;
import io.assay.simulate.StreetSimulation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one simulated car reported, and what of it was wrong.
 *
 * @param camera its events, a line each
 * @param lidar likewise
 * @param tracks by epoch milliseconds, whose each box of the camera's event is
 * @param objects by epoch milliseconds, whose each box of the LIDAR's event is
 */
record Drive(
    String camera,
    String lidar,
    List<KnownError> errors,
    Map<Long, List<String>> tracks,
    Map<Long, List<Integer>> objects) {
  private static final int FRAMES = 6000;
  private static final Instant FIRST_DAY = Instant.parse("2026-03-02T00:00:00Z");

  /** Ten minutes; the seed also gives the hour, so that drives are by day and by night. */
  static Drive of(long seed) {
    Instant start = FIRST_DAY.plus(Duration.ofHours(Math.floorMod(7 * seed, 24)));
    var settings = new StreetSettings(seed, 1, start.toEpochMilli(), FRAMES, "frames/");
    var camera = new StringBuilder();
    var lidar = new StringBuilder();
    List<KnownError> errors = new ArrayList<>();
    Map<Long, List<String>> tracks = new HashMap<>();
    Map<Long, List<Integer>> objects = new HashMap<>();
    new StreetSimulation(settings)
        .frames()
        .forEachRemaining(
            (StreetFrame frame) -> {
              errors.addAll(frame.errors());
              frame
                  .camera()
                  .ifPresent(
                      event -> {
                        camera.append(event).append('\n');
                        tracks.put(frame.at(), frame.tracks());
                      });
              for (LidarScan scan : frame.lidar()) {
                lidar.append(scan.event()).append('\n');
                objects.put(scan.at(), scan.objects());
              }
            });
    return new Drive(camera.toString(), lidar.toString(), errors, tracks, objects);
  }
}
