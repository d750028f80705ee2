package io.assay.assertion.eval;

import io.assay.assertion.eval.term.Frame;
import io.assay.assertion.eval.term.Nearby;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.eval.term.ReferenceTerm;
import io.assay.assertion.eval.term.Zone;
import io.assay.assertion.event.Rect;
import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.Identity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Boxes that overlap where they are expected are one identity.
 *
 * <p>Matched one to one, highest intersection over union first; of equals the older identity, then
 * the earlier element. A box is expected where its last two sightings lead, linearly: per event
 * when T counts events, per time when it is a duration.
 */
final class RecognitionByOverlap implements Recognition {
  private final ReferenceTerm area;
  private final double atLeast;
  private final Optional<Bound> coasting;
  private final boolean perEvent;

  RecognitionByOverlap(ReferenceTerm area, Identity.ByOverlap identity, Bound bound) {
    this.area = area;
    this.atLeast = identity.atLeast();
    this.coasting = identity.coasting();
    this.perEvent = bound instanceof Bound.Events;
  }

  /** In order, the best is first. */
  private record Pair(double overlap, int age, int element) implements Comparable<Pair> {
    @Override
    public int compareTo(Pair other) {
      if (overlap != other.overlap) {
        return overlap > other.overlap ? -1 : 1;
      }
      return age != other.age
          ? Integer.compare(age, other.age)
          : Integer.compare(element, other.element);
    }
  }

  @Override
  public @Nullable Object mark(Frame frame) {
    try {
      return area.value(frame) instanceof Rect box ? box : null;
    } catch (NoValue e) {
      return null;
    }
  }

  @Override
  public void match(Memory memory, Candidates candidates, long index, long at) {
    if (memory.tracks.isEmpty()) {
      return;
    }
    List<Track> free = new ArrayList<>(memory.tracks.size());
    for (Track track : memory.tracks.values()) {
      if (recognisable(track, index, at)) {
        free.add(track);
      }
    }
    Rect[] expected = new Rect[free.size()];
    for (int age = 0; age < expected.length; age++) {
      expected[age] = expected(free.get(age), index, at);
    }
    boolean[] taken = new boolean[free.size()];
    for (Pair pair : matched(expected, taken, candidates, false)) {
      candidates.recognise(pair.element(), free.get(pair.age()));
    }
    if (candidates.areDoubtful()) {
      // what may be an element blurs whom it fits best, after all that surely are one
      for (Pair pair : matched(expected, taken, candidates, true)) {
        free.get(pair.age()).doubtful = true;
      }
    }
  }

  /**
   * Of the identities that are not taken, and takes them.
   *
   * @param expected where each is, oldest first
   */
  private List<Pair> matched(
      Rect[] expected, boolean[] taken, Candidates candidates, boolean doubtful) {
    List<Pair> pairs = pairs(expected, taken, candidates, doubtful);
    Collections.sort(pairs);
    boolean[] elementTaken = new boolean[candidates.size()];
    List<Pair> matched = new ArrayList<>(pairs.size());
    for (Pair pair : pairs) {
      if (!taken[pair.age()] && !elementTaken[pair.element()]) {
        taken[pair.age()] = true;
        elementTaken[pair.element()] = true;
        matched.add(pair);
      }
    }
    return matched;
  }

  private List<Pair> pairs(
      Rect[] expected, boolean[] taken, Candidates candidates, boolean doubtful) {
    List<Pair> pairs = new ArrayList<>(expected.length);
    Nearby nearby = nearby(expected.length, candidates, doubtful);
    for (int age = 0; age < expected.length; age++) {
      if (!taken[age]) {
        if (nearby.isSorted()) {
          nearby.seek(Zone.of(expected[age]));
        }
        for (int i = nearby.next(-1); i >= 0; i = nearby.next(i)) {
          if (doubtful ? candidates.mayCount(i) : candidates.counts(i)) {
            double overlap = expected[age].iou((Rect) candidates.mark(i));
            if (overlap >= atLeast && overlap > 0) {
              pairs.add(new Pair(overlap, age, i));
            }
          }
        }
      }
    }
    return pairs;
  }

  private static Nearby nearby(int identities, Candidates candidates, boolean doubtful) {
    if (!Nearby.pays(identities, candidates.size())) {
      return Nearby.all(candidates.size());
    }
    Zone[] zones = new Zone[candidates.size()];
    for (int i = 0; i < zones.length; i++) {
      boolean asked = doubtful ? candidates.mayCount(i) : candidates.counts(i);
      zones[i] = asked ? Zone.of((Rect) candidates.mark(i)) : Zone.NOWHERE;
    }
    return Nearby.of(zones);
  }

  private Rect expected(Track track, long index, long at) {
    Rect last = Objects.requireNonNull(track.box);
    Rect before = track.earlierBox;
    if (before == null) {
      return last;
    }
    double apart = perEvent ? track.lastIndex - track.earlierIndex : track.lastAt - track.earlierAt;
    if (apart <= 0) {
      return last;
    }
    double ahead = (perEvent ? index - track.lastIndex : at - track.lastAt) / apart;
    return new Rect(
        last.x() + (last.x() - before.x()) * ahead,
        last.y() + (last.y() - before.y()) * ahead,
        last.width() + (last.width() - before.width()) * ahead,
        last.height() + (last.height() - before.height()) * ahead);
  }

  @Override
  public boolean recognisable(Track track, long index, long at) {
    if (coasting.isEmpty()) {
      return !track.ended;
    }
    return switch (coasting.get()) {
      case Bound.Events events -> index - track.lastIndex - 1 <= events.count();
      case Bound.Time time -> at - track.lastAt <= time.nanos();
    };
  }

  @Override
  public Track begin(Memory memory, Object mark) {
    long name = ++memory.named;
    return new Track(name, "#" + name);
  }

  /** Not by the running number: that depends on when the rule was activated. */
  @Override
  public String subject(Track track, int element) {
    return "[" + element + "]";
  }

  @Override
  public void moved(Track track, Object mark, long index, long at) {
    track.move((Rect) mark);
  }
}
