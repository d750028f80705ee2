package io.assay.simulate;

import io.assay.simulate.TrackedFrame.Tracked;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says what a faultless detector with a tracker reports: road users that are large enough, not too
 * hidden and not smeared by their own motion. It looks a few frames ahead, so that its tracks
 * neither flicker nor blink: a road user hidden for a moment is carried on, one that is seen for a
 * moment only is not taken up, and one that comes back later gets a new track. All that flickers in
 * the output is therefore an injected error.
 */
final class FaultlessTracker {
  /** The shortest track, and the longest hidden stretch that a track bridges, in frames. */
  private static final int AHEAD = 6;

  private static final double SMALLEST = 24;
  private static final double MOST_TRUNCATED = 0.4;

  /** Pixels a second; above it an exposure smears. */
  private static final double FASTEST = 320;

  private final World world;
  private final TrackNames names;
  private final Deque<Assessed> ahead = new ArrayDeque<>();
  private final Map<Integer, Open> open = new HashMap<>();
  private Map<Integer, Assessment> previous = Map.of();

  FaultlessTracker(World world, TrackNames names) {
    this.world = world;
    this.names = names;
    // Motion is known from the second frame on.
    assess(View.of(world.next()));
  }

  private record Assessment(Sighting sighting, boolean clear, boolean usable) {}

  private record Assessed(View view, Map<Integer, Assessment> byObject) {}

  private record Open(String track, int age) {}

  TrackedFrame next() {
    while (ahead.size() <= AHEAD) {
      ahead.add(assess(View.of(world.next())));
    }
    Assessed now = ahead.remove();
    List<Tracked> tracked = new ArrayList<>();
    for (Sighting sighting : now.view().sightings()) {
      int object = sighting.thing().id();
      Open before = open.remove(object);
      boolean reported = before == null ? begins(now, object) : goesOn(now, object);
      if (reported) {
        Open here =
            before == null ? new Open(names.next(), 0) : new Open(before.track(), before.age() + 1);
        open.put(object, here);
        tracked.add(new Tracked(here.track(), sighting, here.age()));
      }
    }
    Set<Integer> present = tracked.stream().map(Tracked::object).collect(Collectors.toSet());
    open.keySet().retainAll(present);
    return new TrackedFrame(now.view(), tracked);
  }

  private boolean begins(Assessed now, int object) {
    return clear(now, object)
        && ahead.stream().limit(AHEAD - 1).allMatch(later -> clear(later, object));
  }

  private boolean goesOn(Assessed now, int object) {
    if (clear(now, object)) {
      return true;
    }
    if (!usable(now, object)) {
      return false;
    }
    for (Assessed later : ahead) {
      if (clear(later, object)) {
        return true;
      }
      if (!usable(later, object)) {
        return false;
      }
    }
    return false;
  }

  private static boolean clear(Assessed assessed, int object) {
    Assessment assessment = assessed.byObject().get(object);
    return assessment != null && assessment.clear();
  }

  private static boolean usable(Assessed assessed, int object) {
    Assessment assessment = assessed.byObject().get(object);
    return assessment != null && assessment.usable();
  }

  private Assessed assess(View view) {
    Map<Integer, Assessment> byObject = new HashMap<>();
    for (Sighting sighting : view.sightings()) {
      Assessment last = previous.get(sighting.thing().id());
      boolean wasClear = last != null && last.clear();
      // What was in view is kept a little longer than it would be taken up.
      double ease = wasClear ? 0.9 : 1;
      boolean usable =
          sighting.whole().height() >= SMALLEST * ease
              && sighting.truncated() <= MOST_TRUNCATED
              && last != null
              && sighting.box().distance(last.sighting().box()) / World.STEP <= FASTEST;
      boolean clear = usable && sighting.visible() >= (wasClear ? 0.5 : 0.6);
      byObject.put(sighting.thing().id(), new Assessment(sighting, clear, usable));
    }
    previous = byObject;
    return new Assessed(view, byObject);
  }
}
