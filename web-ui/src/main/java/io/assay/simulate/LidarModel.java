package io.assay.simulate;

import io.assay.simulate.SensedFrame.LidarBox;
import io.assay.simulate.SensedFrame.Scan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The LIDAR and its model, at a rate of its own. It knows nothing of what the camera makes out: it
 * sees the halves of cars that the image cuts off, and misses what sends back too few returns,
 * however plain it is in the image.
 */
final class LidarModel {
  /** Milliseconds of one turn; the camera's frames are 100 apart. */
  static final int TURN = 80;

  /** The first turn ends so many milliseconds after the first frame. */
  private static final int FIRST = 12;

  /** Metres; its model was not trained on what is farther. */
  private static final double FARTHEST = 50;

  /** Square pixels of the image that a return stands for: 0.32 degrees both ways. */
  private static final double PIXELS_A_RETURN = 16;

  /**
   * Returns that the model needs, and how much, in logarithms, a surface sends back more or less.
   */
  private static final double FEWEST = 10;

  private static final double SURFACE = 0.35;

  private final Draws draws;
  private final Map<Integer, Double> surfaces = new HashMap<>();
  private long turns;

  LidarModel(Draws draws) {
    this.draws = draws;
  }

  /**
   * The turns that end between two frames.
   *
   * @param missed road users that the model misses by error
   */
  List<Scan> between(Snapshot frame, Snapshot next, Set<Integer> missed) {
    long start = frame.at() - (long) (frame.frame() - 1) * (next.at() - frame.at());
    List<Scan> scans = new ArrayList<>();
    for (long at = start + FIRST + turns * TURN;
        at < next.at();
        at = start + FIRST + turns * TURN) {
      turns++;
      double share = (at - frame.at()) / (double) (next.at() - frame.at());
      scans.add(scan(View.of(frame.towards(next, share, at)), missed));
    }
    return scans;
  }

  private Scan scan(View view, Set<Integer> missed) {
    List<LidarBox> reported = new ArrayList<>();
    List<LidarBox> lost = new ArrayList<>();
    for (Sighting sighting : view.sightings()) {
      double returns = returns(sighting);
      double score = Math.clamp(score(returns) + 0.2 * draws.normal(), 0.3, 7.5);
      var box = new LidarBox(sighting, Math.round(score * 1000) / 1000.0, shaken(sighting.box()));
      if (returns >= FEWEST && sighting.distance() <= FARTHEST) {
        (missed.contains(box.object()) ? lost : reported).add(box);
      }
    }
    surfaces
        .keySet()
        .removeIf(id -> view.sightings().stream().noneMatch(s -> s.thing().id() == id));
    return new Scan(view.snapshot().at(), reported, lost);
  }

  /** What comes back wavers about what the visible part would send, for some turns on one side. */
  private double returns(Sighting sighting) {
    double surface =
        surfaces.merge(
            sighting.thing().id(), draws.normal(), (old, now) -> 0.95 * old + 0.3122 * now);
    return sighting.box().area()
        * sighting.visible()
        / PIXELS_A_RETURN
        * StrictMath.exp(SURFACE * surface);
  }

  private static double score(double returns) {
    return 1.5 + 0.9 * StrictMath.log(returns / FEWEST);
  }

  /**
   * Its boxes end between the tenths of a pixel on which the camera's do: two boxes that touch
   * exactly would overlap or not by the last bit of a sum.
   */
  private Box shaken(Box box) {
    Box inside = box.shift(0.8 * draws.normal(), 0.6 * draws.normal()).intersect(Camera.IMAGE);
    return new Box(
        between(inside.x1()), between(inside.y1()), between(inside.x2()), between(inside.y2()));
  }

  private static double between(double value) {
    return (Math.max(0, Math.ceil(value * 10) - 1) * 10 + 5) / 100;
  }
}
