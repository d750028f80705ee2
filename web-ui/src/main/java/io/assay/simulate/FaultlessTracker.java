package io.assay.simulate;

import io.assay.simulate.TrackedFrame.Tracked;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says what a faultless detector with a tracker reports: road users that are large enough, not too
 * hidden and not cut off too much by the image's border. As trackers in use do (SORT and its
 * descendants), it names a road user at the third frame in a row, keeps the name for a second in
 * which nothing is made out, and reports nothing meanwhile. So its output has gaps and short lives
 * of its own, where road users hide each other, and these are no errors.
 */
final class FaultlessTracker {
  /** Frames in a row that make a track, and frames without it that end one. */
  private static final int BELIEVED = 3;

  private static final int FORGOTTEN = 10;

  private static final double SMALLEST = 24;
  private static final double MOST_TRUNCATED = 0.4;
  private static final double LEAST_VISIBLE = 0.6;

  /** What was made out in the frame before is kept a little longer than it would be taken up. */
  private static final double EASE = 0.9;

  private static final double LEAST_VISIBLE_STILL = 0.5;

  private final World world;
  private final TrackNames names;
  private final Map<Integer, Known> known = new HashMap<>();

  FaultlessTracker(World world, TrackNames names) {
    this.world = world;
    this.names = names;
    // Frame 0 is one before the first that sensors report.
    world.next();
  }

  /**
   * A road user that was made out not long ago.
   *
   * @param track its name; empty until it is believed in
   * @param streak frames in a row up to now in which it was made out; 0 if it is not
   * @param gone frames in a row in which it was not
   */
  private record Known(String track, int streak, int gone) {
    static final Known NOT = new Known("", 0, 0);

    Known seen() {
      return new Known(track, streak + 1, 0);
    }

    Known named(String name) {
      return new Known(name, streak, gone);
    }

    Known missed() {
      return new Known(track, 0, gone + 1);
    }

    boolean isTracked() {
      return !track.isEmpty();
    }
  }

  TrackedFrame next() {
    View view = View.of(world.next());
    List<Tracked> tracked = new ArrayList<>();
    Set<Integer> madeOut = new HashSet<>();
    for (Sighting sighting : view.sightings()) {
      int object = sighting.thing().id();
      Known before = known.getOrDefault(object, Known.NOT);
      if (isMadeOut(sighting, before.streak() > 0)) {
        madeOut.add(object);
        Known now = before.seen();
        if (!now.isTracked() && now.streak() >= BELIEVED) {
          now = now.named(names.next());
        }
        known.put(object, now);
        tracked.add(new Tracked(now.track(), sighting, Math.max(0, now.streak() - BELIEVED)));
      }
    }
    known.replaceAll((object, was) -> madeOut.contains(object) ? was : was.missed());
    known.values().removeIf(was -> was.gone() > (was.isTracked() ? FORGOTTEN : 0));
    return new TrackedFrame(view, tracked);
  }

  private static boolean isMadeOut(Sighting sighting, boolean still) {
    return sighting.whole().height() >= SMALLEST * (still ? EASE : 1)
        && sighting.truncated() <= MOST_TRUNCATED
        && sighting.visible() >= (still ? LEAST_VISIBLE_STILL : LEAST_VISIBLE);
  }
}
