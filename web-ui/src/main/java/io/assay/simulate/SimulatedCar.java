package io.assay.simulate;

import io.assay.simulate.SensedFrame.CameraBox;
import io.assay.simulate.SensedFrame.LidarBox;
import io.assay.simulate.SensedFrame.Scan;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

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
    this.detectors =
        new Detectors(
            tracker,
            plan,
            new LidarModel(new Draws(Draws.seed(seed, 5))),
            new Draws(Draws.seed(seed, 4)));
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
        frame.camera().orElse(List.of()).stream().map(CameraBox::track).toList(),
        frame.scans().stream().map(this::turn).toList(),
        json.truth(frame),
        judged(frame.frame()),
        new StreetFrame.Picture(snapshot));
  }

  /** The errors whose surroundings are now known. */
  private List<KnownError> judged(int now) {
    List<KnownError> judged = new ArrayList<>();
    pending.removeIf(
        error -> {
          boolean known = now >= error.to() + ErrorPlan.MARGIN;
          if (known) {
            judged.add(known(error));
          }
          return known;
        });
    return judged;
  }

  private KnownError known(InjectedError error) {
    long from = time(error.from());
    long to = time(error.to());
    Map<String, Sights.Sight> sights = new Sights(List.copyOf(recent), error).all();
    Set<String> visibleTo = new TreeSet<>(sights.keySet());
    visibleTo.removeIf(rule -> !Objects.requireNonNull(sights.get(rule)).visible());
    return new KnownError(
        error.kind().label(),
        error.tracks(),
        error.object() == null ? OptionalInt.empty() : OptionalInt.of(error.object()),
        from,
        to,
        visibleTo,
        json.error(error, from, to, sights));
  }

  private LidarScan turn(Scan scan) {
    return new LidarScan(
        scan.at(), json.lidar(scan), scan.boxes().stream().map(LidarBox::object).toList());
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
