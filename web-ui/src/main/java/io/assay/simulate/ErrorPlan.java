package io.assay.simulate;

import io.assay.simulate.TrackedFrame.Tracked;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides where the detectors err. Errors keep apart from each other, from silences and from the
 * ends of tracks, so that what each looks like is its own doing; the price is that a rate holds
 * only over the time in which an error of that kind could begin.
 */
final class ErrorPlan {
  /** Frames of the track that must lie before and after an error. */
  static final int MARGIN = 6;

  /** The longest length in the table and the margin after it: how far the plan must see. */
  static final int AHEAD = 22 + MARGIN;

  private static final int REST = 12;

  private final ErrorTable table;
  private final Draws draws;
  private final TrackNames names;
  private final int lastFrame;
  private final InventedBoxes invented;
  private final List<InjectedError> active = new ArrayList<>();
  private final Map<Integer, Integer> restUntil = new HashMap<>();
  private final Map<ErrorKind, Double> expected = new EnumMap<>(ErrorKind.class);
  private int silentUntil;
  private int busyUntil;

  /**
   * A plan.
   *
   * @param lastFrame no error reaches past it
   */
  ErrorPlan(ErrorTable table, Draws draws, TrackNames names, int lastFrame) {
    this.table = table;
    this.draws = draws;
    this.names = names;
    this.lastFrame = lastFrame;
    this.invented = new InventedBoxes(draws);
  }

  /** How many of each kind were to be expected so far by the table. */
  Map<ErrorKind, Double> expected() {
    return Map.copyOf(expected);
  }

  /** The errors that touch the first of the given frames; the ones begun in it among them. */
  List<InjectedError> at(List<TrackedFrame> frames) {
    int now = frames.getFirst().frame();
    active.removeIf(error -> error.to() < now);
    if (now > silentUntil + MARGIN && now > 2 * MARGIN) {
      for (Tracked tracked : frames.getFirst().tracked()) {
        beginOn(tracked, frames);
      }
      beginInvented(frames.getFirst());
      beginSilence(frames.getFirst());
    }
    return List.copyOf(active);
  }

  private void beginOn(Tracked tracked, List<TrackedFrame> frames) {
    int now = frames.getFirst().frame();
    if (tracked.age() < MARGIN - 1 || now < restUntil.getOrDefault(tracked.object(), 0)) {
      return;
    }
    int stays = stays(tracked, frames);
    for (ErrorKind kind : ErrorKind.values()) {
      ErrorTable.Row row = table.row(kind);
      if (row.perRoadUser()
          && stays >= row.longest() + MARGIN
          && fits(now, row)
          && happens(kind, row, frames.getFirst())) {
        on(kind, tracked, now, row.length(draws)).ifPresent(this::begin);
        return;
      }
    }
  }

  /** How many of the frames the track lasts. */
  private static int stays(Tracked tracked, List<TrackedFrame> frames) {
    int stays = 0;
    for (TrackedFrame frame : frames) {
      if (frame.tracked().stream().noneMatch(other -> other.track().equals(tracked.track()))) {
        break;
      }
      stays++;
    }
    return stays;
  }

  private boolean fits(int now, ErrorTable.Row row) {
    return now + row.longest() + MARGIN <= lastFrame;
  }

  private boolean happens(ErrorKind kind, ErrorTable.Row row, TrackedFrame frame) {
    double chance = row.chance(frame.view().snapshot().weather());
    expected.merge(kind, chance, Double::sum);
    return draws.chance(chance);
  }

  private void begin(InjectedError error) {
    active.add(error);
    busyUntil = Math.max(busyUntil, error.to());
    if (error.object() != null) {
      restUntil.put(error.object(), error.to() + REST);
    }
  }

  private Optional<InjectedError> on(ErrorKind kind, Tracked tracked, int from, int frames) {
    int to = from + frames - 1;
    Set<String> tracks = Set.of(tracked.track());
    var plain = new InjectedError(kind, tracks, tracked.object(), from, to, null, null, 0, 0);
    return switch (kind) {
      case DROPOUT, CAMERA_MISS, LIDAR_MISS -> Optional.of(plain);
      case LOW_SCORE -> Optional.of(plain.withScore(draws.between(0.25, 0.48)));
      case LABEL_CHANGE ->
          Optional.of(plain.withLabel(mistaken(tracked.sighting().thing().user())));
      case JUMP -> jump(tracked.sighting().box()).map(plain::withRight);
      case DUPLICATE -> {
        String first = names.next();
        String second = names.next();
        yield Optional.of(plain.withTracks(Set.of(first, second)));
      }
      case BLIP, GHOST, SILENCE -> throw new IllegalStateException(kind + " is not on a road user");
    };
  }

  private RoadUser mistaken(RoadUser user) {
    return switch (user) {
      case CAR -> draws.chance(0.6) ? RoadUser.VAN : RoadUser.CYCLIST;
      case VAN -> draws.chance(0.7) ? RoadUser.CAR : RoadUser.CYCLIST;
      case PEDESTRIAN -> RoadUser.CYCLIST;
      case CYCLIST -> RoadUser.PEDESTRIAN;
    };
  }

  private Optional<Double> jump(Box box) {
    double way = draws.between(50, 140) * (draws.chance(0.5) ? 1 : -1);
    for (double right : new double[] {way, -way}) {
      Box moved = box.shift(right, 0);
      if (moved.x1() > 0 && moved.x2() < Camera.WIDTH) {
        return Optional.of(right);
      }
    }
    return Optional.empty();
  }

  private void beginInvented(TrackedFrame frame) {
    for (ErrorKind kind : List.of(ErrorKind.BLIP, ErrorKind.GHOST)) {
      ErrorTable.Row row = table.row(kind);
      if (fits(frame.frame(), row) && happens(kind, row, frame)) {
        int to = frame.frame() + row.length(draws) - 1;
        invented
            .near(frame.view().snapshot())
            .map(box -> box.error(kind, names.next(), frame.frame(), to))
            .ifPresent(this::begin);
      }
    }
  }

  private void beginSilence(TrackedFrame frame) {
    ErrorTable.Row row = table.row(ErrorKind.SILENCE);
    int now = frame.frame();
    if (now > busyUntil + MARGIN && fits(now, row) && happens(ErrorKind.SILENCE, row, frame)) {
      silentUntil = now + row.length(draws) - 1;
      begin(
          new InjectedError(ErrorKind.SILENCE, Set.of(), null, now, silentUntil, null, null, 0, 0));
    }
  }
}
