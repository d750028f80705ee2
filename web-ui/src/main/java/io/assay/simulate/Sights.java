package io.assay.simulate;

import io.assay.simulate.SensedFrame.CameraBox;
import io.assay.simulate.SensedFrame.LidarBox;
import io.assay.simulate.SensedFrame.Scan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Says which of the street's seven rules an injected error violates, by the rules' own definitions.
 * It is written from the definitions alone and shares nothing with the engine, which it is there to
 * check.
 *
 * @param frames what both sensors said around the error, in order
 */
record Sights(List<SensedFrame> frames, InjectedError error) {
  private static final long FLICKER = 500;
  private static final long BLINK = 300;
  private static final long ALIKE_WITHIN = 2000;
  private static final double FASTEST = 400;
  private static final double SAME_PLACE = 0.5;
  private static final long LONGEST_SILENCE = 500;
  private static final double LIDAR_SURE = 2.0;
  private static final double NEAR_BY = 40;
  private static final long AT_ONCE = 50;

  /** Two boxes more on a road user overlap what the LIDAR sees there as the first one does. */
  private static final Set<ErrorKind> MOVES_BOXES =
      EnumSet.complementOf(
          EnumSet.of(
              ErrorKind.LOW_SCORE, ErrorKind.LABEL_CHANGE, ErrorKind.DUPLICATE, ErrorKind.SILENCE));

  /** Whether a rule sees the error, and why. */
  record Sight(boolean visible, String reason) {}

  private record Seen(int frame, long at, CameraBox box) {}

  Map<String, Sight> all() {
    Map<String, Sight> sights = new LinkedHashMap<>();
    sights.put("flicker", flicker());
    sights.put("appear", appear());
    sights.put("stable_label", stableLabel());
    sights.put("no_jump", noJump());
    sights.put("multibox", multibox());
    sights.put("agree", agree());
    sights.put("camera_alive", cameraAlive());
    return sights;
  }

  private List<Seen> seen(String track, Predicate<CameraBox> filter) {
    List<Seen> seen = new ArrayList<>();
    for (SensedFrame frame : frames) {
      for (CameraBox box : frame.camera().orElse(List.of())) {
        if (box.track().equals(track) && filter.test(box)) {
          seen.add(new Seen(frame.frame(), frame.at(), box));
        }
      }
    }
    return seen;
  }

  /** Absent: seen, missing in an event, seen again in less than the time. */
  private Sight flicker() {
    String why = "no track of it is missing between two sightings";
    for (String track : error.tracks()) {
      List<Seen> seen = seen(track, CameraBox::counts);
      for (int i = 1; i < seen.size(); i++) {
        Seen last = seen.get(i - 1);
        Seen back = seen.get(i);
        if (overlaps(last.frame(), back.frame()) && eventBetween(last.frame(), back.frame())) {
          long gap = back.at() - last.at();
          if (gap < FLICKER) {
            return new Sight(true, "back after " + gap + " ms, less than " + FLICKER);
          }
          why = "back only after " + gap + " ms, not less than " + FLICKER;
        }
      }
    }
    return new Sight(
        false, error.kind() == ErrorKind.SILENCE ? "no event came that could miss anything" : why);
  }

  private boolean overlaps(int last, int back) {
    return last < error.from() ? back > error.from() : last <= error.to();
  }

  private boolean eventBetween(int last, int back) {
    return frames.stream()
        .anyMatch(
            frame -> frame.frame() > last && frame.frame() < back && frame.camera().isPresent());
  }

  /** Present: a whole life shorter than the time. Silences end lives as absence does. */
  private Sight appear() {
    String why = "no life near it is shorter than " + BLINK + " ms";
    Collection<String> tracks = error.kind() == ErrorKind.SILENCE ? tracksAround() : error.tracks();
    for (String track : tracks) {
      List<Seen> seen = seen(track, CameraBox::counts);
      int first = 0;
      for (int i = 0; i < seen.size(); i++) {
        boolean ends = i + 1 == seen.size() || seen.get(i + 1).at() - seen.get(i).at() >= BLINK;
        if (ends) {
          if (isBlink(seen.get(first), seen.get(i))) {
            long life = seen.get(i).at() - seen.get(first).at();
            return new Sight(true, track + " lived " + life + " ms, less than " + BLINK);
          }
          first = i + 1;
        }
      }
      if (seen.isEmpty()) {
        why = "its score is under one half";
      }
    }
    return new Sight(false, why);
  }

  private boolean isBlink(Seen first, Seen last) {
    boolean atStart = first.frame() == 1;
    // A silence shortens the lives that it cuts off; of others nearby it is no cause.
    int reach = error.kind() == ErrorKind.SILENCE ? 1 : 4;
    boolean near = first.frame() <= error.to() + reach && last.frame() >= error.from() - reach;
    boolean known = frames.getLast().at() - last.at() >= BLINK;
    return !atStart && near && known && last.at() - first.at() < BLINK;
  }

  private Set<String> tracksAround() {
    Set<String> tracks = new TreeSet<>();
    for (SensedFrame frame : frames) {
      if (frame.frame() >= error.from() - 4 && frame.frame() <= error.to() + 4) {
        frame.camera().orElse(List.of()).stream()
            .map(CameraBox::track)
            .filter(track -> !track.isEmpty())
            .forEach(tracks::add);
      }
    }
    return tracks;
  }

  /** Consistent: two sightings within the time disagree; car and van are alike. */
  private Sight stableLabel() {
    if (error.kind() != ErrorKind.LABEL_CHANGE) {
      return new Sight(false, "its label does not change");
    }
    for (String track : error.tracks()) {
      List<Seen> seen = seen(track, box -> true);
      for (Seen wrong : seen) {
        if (wrong.frame() >= error.from() && wrong.frame() <= error.to()) {
          for (Seen other : seen) {
            if (Math.abs(other.at() - wrong.at()) <= ALIKE_WITHIN
                && differ(other.box().label(), wrong.box().label())) {
              String labels = other.box().label().label() + " and " + wrong.box().label().label();
              return new Sight(true, "called " + labels + " within " + ALIKE_WITHIN + " ms");
            }
          }
        }
      }
    }
    return new Sight(false, "car and van are alike");
  }

  private static boolean differ(RoadUser one, RoadUser other) {
    return one != other && !(one.isVehicle() && other.isVehicle());
  }

  /** Change: how far the middle of the box moves between consecutive sightings. */
  private Sight noJump() {
    if (error.kind() != ErrorKind.JUMP) {
      return new Sight(false, "its boxes stay where they belong");
    }
    double fastest = 0;
    for (String track : error.tracks()) {
      List<Seen> seen = seen(track, box -> true);
      for (int i = 1; i < seen.size(); i++) {
        Seen last = seen.get(i - 1);
        Seen next = seen.get(i);
        if (next.frame() >= error.from() && last.frame() <= error.to()) {
          double way = last.box().box().distance(next.box().box());
          fastest = Math.max(fastest, way * 1000 / (next.at() - last.at()));
        }
      }
    }
    String speed = "moves at most " + Math.round(fastest) + " px a second";
    return fastest > FASTEST
        ? new Sight(true, "moves " + Math.round(fastest) + " px a second, more than 400")
        : new Sight(false, speed);
  }

  /** Clusters: a box of the error is among three or more that hang together. */
  private Sight multibox() {
    for (SensedFrame frame : within()) {
      List<CameraBox> boxes = frame.camera().orElse(List.of());
      for (CameraBox box : boxes) {
        int pile = error.tracks().contains(box.track()) ? pile(box, boxes) : 0;
        if (pile >= 3) {
          return new Sight(true, pile + " boxes on one place");
        }
      }
    }
    return new Sight(false, "no box of it is in a pile of three");
  }

  private List<SensedFrame> within() {
    return frames.stream()
        .filter(frame -> frame.frame() >= error.from() && frame.frame() <= error.to())
        .toList();
  }

  private static int pile(CameraBox start, List<CameraBox> boxes) {
    List<CameraBox> pile = new ArrayList<>(List.of(start));
    for (int i = 0; i < pile.size(); i++) {
      for (CameraBox box : boxes) {
        if (!pile.contains(box) && pile.get(i).box().iou(box.box()) >= SAME_PLACE) {
          pile.add(box);
        }
      }
    }
    return pile.size();
  }

  /** Join and match any: an element that overlaps nothing of the other sensor. */
  private Sight agree() {
    if (!MOVES_BOXES.contains(error.kind())) {
      return new Sight(false, "no place loses or gains a box by it");
    }
    int cameraAlone = 0;
    int lidarAlone = 0;
    for (SensedFrame frame : within()) {
      if (frame.camera().isPresent()) {
        List<CameraBox> boxes = frame.camera().get();
        Optional<Scan> scan = partner(frame);
        cameraAlone += (int) boxes.stream().filter(box -> isAlone(box, scan)).count();
        lidarAlone += (int) boxesOf(scan).stream().filter(box -> isAlone(box, boxes)).count();
      }
    }
    if (cameraAlone + lidarAlone > 0) {
      return new Sight(
          true,
          "seen by the camera alone "
              + cameraAlone
              + " times, by the LIDAR alone "
              + lidarAlone
              + " times");
    }
    return new Sight(false, "both sensors see something there, or what is alone does not count");
  }

  /** The turn of the LIDAR that is nearest in time, if it is near enough. */
  private Optional<Scan> partner(SensedFrame frame) {
    return frames.stream()
        .flatMap(other -> other.scans().stream())
        .min(Comparator.comparingLong(scan -> Math.abs(scan.at() - frame.at())))
        .filter(scan -> Math.abs(scan.at() - frame.at()) <= AT_ONCE);
  }

  private static List<LidarBox> boxesOf(Optional<Scan> scan) {
    return scan.map(Scan::boxes).orElse(List.of());
  }

  /** What the LIDAR could not have seen anyway is no sign that it missed something. */
  private boolean isAlone(CameraBox box, Optional<Scan> scan) {
    return scan.isPresent()
        && error.tracks().contains(box.track())
        && box.counts()
        && !touchesBorder(box.box())
        && scan.get().boxes().stream().noneMatch(other -> other.box().iou(box.box()) > 0)
        && (error.kind() != ErrorKind.LIDAR_MISS
            || scan.get().missed().stream().anyMatch(other -> other.box().iou(box.box()) > 0));
  }

  private boolean isAlone(LidarBox box, List<CameraBox> camera) {
    return error.object() != null
        && error.object() == box.object()
        && box.score() >= LIDAR_SURE
        && box.distance() <= NEAR_BY
        && camera.stream().noneMatch(other -> other.box().iou(box.box()) > 0);
  }

  private static boolean touchesBorder(Box box) {
    return box.x1() <= 0 || box.y1() <= 0 || box.x2() >= Camera.WIDTH || box.y2() >= Camera.HEIGHT;
  }

  private Sight cameraAlive() {
    if (error.kind() != ErrorKind.SILENCE) {
      return new Sight(false, "an event came for every frame");
    }
    long silent = (error.frames() + 1) * Math.round(1000 * World.STEP);
    return silent > LONGEST_SILENCE
        ? new Sight(true, "silent for " + silent + " ms, more than " + LONGEST_SILENCE)
        : new Sight(false, "silent for " + silent + " ms, not more than " + LONGEST_SILENCE);
  }
}
