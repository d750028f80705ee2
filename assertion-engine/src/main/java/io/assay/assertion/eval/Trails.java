package io.assay.assertion.eval;

import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.eval.term.ReferenceTerm;
import io.assay.assertion.event.None;
import io.assay.assertion.rule.ir.Bound;
import java.util.Optional;

/** What the kinds with trails share: their bounds, their attribute, what they need of the past. */
final class Trails {
  /** Where a kind has no bound of its own: an identity unseen so long is another one. */
  private static final Bound A_MINUTE = new Bound.Time(60_000_000_000L);

  private Trails() {}

  static Bound orAMinute(Optional<Bound> bound) {
    return bound.orElse(A_MINUTE);
  }

  static Bound atLeastAMinute(long nanos) {
    return nanos > 60_000_000_000L ? new Bound.Time(nanos) : A_MINUTE;
  }

  /** Whether so much or less lies between two sightings; of events, both ends counted. */
  static boolean within(Bound bound, long at, long index, long now, long nowIndex) {
    return switch (bound) {
      case Bound.Time time -> now - at <= time.nanos();
      case Bound.Events events -> nowIndex - index < events.count();
    };
  }

  /** Whether the bound has passed since. */
  static boolean passed(Bound bound, long at, long index, long now, long nowIndex) {
    return switch (bound) {
      case Bound.Time time -> now - at >= time.nanos();
      case Bound.Events events -> nowIndex - index >= events.count();
    };
  }

  /**
   * The value of the bound sighting.
   *
   * @throws NoValue where it has none
   */
  static Object value(ReferenceTerm attribute, Scope scope) {
    Object value = attribute.value(scope.frame);
    if (value == None.NULL) {
      throw NoValue.missing("the value is null");
    }
    return value;
  }

  /** Notes a violated verdict; true where it opens an episode. */
  static boolean opens(Trail.Episode episode, Bound bound, long now, long index) {
    boolean opens = !episode.open || passed(bound, episode.lastAt, episode.lastIndex, now, index);
    episode.open = true;
    episode.lastAt = now;
    episode.lastIndex = index;
    return opens;
  }

  static long neededFrom(Memory memory, Reach reach) {
    long needed = Long.MAX_VALUE;
    for (Track track : memory.tracks.values()) {
      if (!track.ended && track.trail != null) {
        needed = Math.min(needed, track.trail.neededFrom(reach));
      }
    }
    return needed;
  }

  static void pin(Memory memory, Pins pins) {
    for (Track track : memory.tracks.values()) {
      if (!track.ended && track.trail != null) {
        track.trail.pin(pins);
        pins.add(track.lastSequence);
      }
    }
  }
}
