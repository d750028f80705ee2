package io.assay.simulate;

import io.assay.simulate.SensedFrame.CameraBox;
import io.assay.simulate.SensedFrame.Scan;
import io.assay.simulate.TrackedFrame.Tracked;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Both models at work: the faultless reports, a little noise, and the planned errors. */
final class Detectors {
  private final FaultlessTracker tracker;
  private final ErrorPlan plan;
  private final LidarModel lidar;
  private final Draws draws;
  private final Deque<TrackedFrame> ahead = new ArrayDeque<>();
  private final Map<Integer, Noise> noises = new HashMap<>();

  Detectors(FaultlessTracker tracker, ErrorPlan plan, LidarModel lidar, Draws draws) {
    this.tracker = tracker;
    this.plan = plan;
    this.lidar = lidar;
    this.draws = draws;
  }

  /** What a frame looks like, and the errors in it. */
  record Sensed(SensedFrame frame, List<InjectedError> errors) {}

  Sensed next() {
    while (ahead.size() <= ErrorPlan.AHEAD) {
      ahead.add(tracker.next());
    }
    List<InjectedError> errors = plan.at(List.copyOf(ahead));
    TrackedFrame now = ahead.remove();
    Map<Integer, InjectedError> byObject = new HashMap<>();
    for (InjectedError error : errors) {
      if (error.object() != null) {
        byObject.put(error.object(), error);
      }
    }
    List<CameraBox> camera = new ArrayList<>();
    for (Tracked tracked : now.tracked()) {
      report(tracked, now, Optional.ofNullable(byObject.get(tracked.object())), camera);
    }
    boolean silent = false;
    for (InjectedError error : errors) {
      silent |= error.kind() == ErrorKind.SILENCE;
      invented(error).ifPresent(camera::add);
    }
    Set<Integer> missed = new HashSet<>();
    for (InjectedError error : errors) {
      if (error.kind() == ErrorKind.LIDAR_MISS && error.object() != null) {
        missed.add(error.object());
      }
    }
    List<Scan> scans =
        lidar.between(now.view().snapshot(), ahead.element().view().snapshot(), missed);
    noises
        .keySet()
        .removeIf(id -> now.view().sightings().stream().noneMatch(s -> s.thing().id() == id));
    return new Sensed(
        new SensedFrame(now, silent ? Optional.empty() : Optional.of(camera), scans), errors);
  }

  private void report(
      Tracked tracked, TrackedFrame now, Optional<InjectedError> error, List<CameraBox> camera) {
    Sighting sighting = tracked.sighting();
    Noise noise = noises.computeIfAbsent(tracked.object(), id -> new Noise());
    noise.step(draws);
    RoadUser user = sighting.thing().user();
    var box =
        new CameraBox(tracked.track(), user, score(sighting, now, noise), noise.on(sighting.box()));
    if (error.isEmpty()) {
      camera.add(box);
      return;
    }
    InjectedError wrong = error.get();
    switch (wrong.kind()) {
      case DROPOUT, CAMERA_MISS -> {}
      case LOW_SCORE ->
          camera.add(new CameraBox(box.track(), user, thousandth(wrong.score()), box.box()));
      case LABEL_CHANGE ->
          camera.add(
              new CameraBox(
                  box.track(),
                  wrong.label() == null ? user : wrong.label(),
                  box.score(),
                  box.box()));
      case JUMP ->
          camera.add(
              new CameraBox(box.track(), user, box.score(), moved(box.box(), wrong.right())));
      case DUPLICATE -> {
        camera.add(box);
        int copy = 0;
        for (String track : wrong.tracks().stream().sorted().toList()) {
          double way = ++copy == 1 ? -0.05 : 0.06;
          Box twin = box.box().shift(way * box.box().width(), way * 0.6 * box.box().height());
          camera.add(
              new CameraBox(
                  track,
                  user,
                  thousandth(box.score() * 0.92),
                  twin.intersect(Camera.IMAGE).rounded()));
        }
      }
      case LIDAR_MISS, BLIP, GHOST, SILENCE -> camera.add(box);
    }
  }

  private static Box moved(Box box, double right) {
    return box.shift(right, 0).intersect(Camera.IMAGE).rounded();
  }

  private Optional<CameraBox> invented(InjectedError error) {
    if (error.box() == null || error.label() == null) {
      return Optional.empty();
    }
    Box box = error.box().shift(0.7 * draws.normal(), 0.7 * draws.normal());
    String track = error.tracks().iterator().next();
    return Optional.of(
        new CameraBox(
            track,
            error.label(),
            thousandth(error.score()),
            box.intersect(Camera.IMAGE).rounded()));
  }

  private static double score(Sighting sighting, TrackedFrame now, Noise noise) {
    Weather weather = now.view().snapshot().weather();
    double size = Math.clamp((sighting.box().height() - 20) / 70, 0, 1);
    double poor = (1 - weather.daylight()) * 0.06 + (weather.sky() == Weather.Sky.RAIN ? 0.05 : 0);
    double score =
        0.66 + 0.3 * size - 0.12 * (1 - sighting.visible()) - poor + 0.035 * noise.confidence();
    return thousandth(Math.clamp(score, 0.53, 0.99));
  }

  private static double thousandth(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  /** How a detector's box and score waver about the truth, smoothly from frame to frame. */
  private static final class Noise {
    private static final double KEPT = 0.85;
    private static final double NEW = StrictMath.sqrt(1 - KEPT * KEPT);
    private final double[] values = new double[5];

    void step(Draws draws) {
      for (int i = 0; i < values.length; i++) {
        values[i] = KEPT * values[i] + NEW * draws.normal();
      }
    }

    double confidence() {
      return values[4];
    }

    Box on(Box box) {
      double wide = 0.5 + 0.008 * box.width();
      double high = 0.5 + 0.008 * box.height();
      var wavering =
          new Box(
              box.x1() + wide * values[0],
              box.y1() + high * values[1],
              box.x2() + wide * values[2],
              box.y2() + high * values[3]);
      return wavering.intersect(Camera.IMAGE).rounded();
    }
  }
}
