package io.assay.simulate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One car, its street, its two models; and the account of what they got wrong. */
final class SimulatedCar {
  /** Frames that are kept, so that an error can be judged with what lies around it. */
  private static final int KEPT = 80;

  private final String vehicle;
  private final StreetSettings settings;
  private final StreetJson json;
  private final ErrorPlan plan;
  private final Detectors detectors;
  private final List<SensedFrame> recent = new ArrayList<>();
  private final Set<InjectedError> pending = new LinkedHashSet<>();
  private final Map<ErrorKind, Integer> injected = new EnumMap<>(ErrorKind.class);

  SimulatedCar(String vehicle, long seed, StreetSettings settings) {
    this.vehicle = vehicle;
    this.settings = settings;
    this.json = new StreetJson(vehicle);
    var names = new TrackNames();
    var tracker = new FaultlessTracker(new World(seed, settings.start()), names);
    this.plan =
        new ErrorPlan(ErrorTable.STREET, new Draws(Draws.seed(seed, 3)), names, settings.frames());
    this.detectors = new Detectors(tracker, plan, new Draws(Draws.seed(seed, 4)));
  }

  StreetFrame next() {
    Detectors.Sensed sensed = detectors.next();
    SensedFrame frame = sensed.frame();
    for (InjectedError error : sensed.errors()) {
      if (error.from() == frame.frame()) {
        pending.add(error);
        injected.merge(error.kind(), 1, Integer::sum);
      }
    }
    recent.add(frame);
    if (recent.size() > KEPT) {
      recent.removeFirst();
    }
    String image = "%s/%06d.png".formatted(vehicle, frame.frame());
    Optional<String> camera =
        frame.camera().map(boxes -> json.camera(frame, boxes, settings.imagePrefix() + image));
    Snapshot snapshot = frame.truth().view().snapshot();
    return new StreetFrame(
        vehicle,
        frame.frame(),
        image,
        frame.at(),
        camera,
        json.lidar(frame),
        json.truth(frame),
        judged(frame.frame()),
        new StreetFrame.Picture(snapshot));
  }

  /** The errors whose surroundings are now known. */
  private List<String> judged(int now) {
    List<String> judged = new ArrayList<>();
    pending.removeIf(
        error -> {
          boolean known = now >= error.to() + ErrorPlan.MARGIN;
          if (known) {
            var sights = new Sights(List.copyOf(recent), error);
            judged.add(json.error(error, time(error.from()), time(error.to()), sights.all()));
          }
          return known;
        });
    return judged;
  }

  private long time(int frame) {
    return recent.getFirst().at()
        + (frame - recent.getFirst().frame()) * Math.round(1000 * World.STEP);
  }

  Map<ErrorKind, StreetSimulation.ErrorCount> errorCounts() {
    Map<ErrorKind, Double> expected = plan.expected();
    Map<ErrorKind, StreetSimulation.ErrorCount> counts = new EnumMap<>(ErrorKind.class);
    for (ErrorKind kind : ErrorKind.values()) {
      counts.put(
          kind,
          new StreetSimulation.ErrorCount(
              injected.getOrDefault(kind, 0), expected.getOrDefault(kind, 0.0)));
    }
    return counts;
  }
}
