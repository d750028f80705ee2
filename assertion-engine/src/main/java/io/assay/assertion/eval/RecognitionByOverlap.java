package io.assay.assertion.eval;

import io.assay.assertion.eval.term.Frame;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.eval.term.ReferenceTerm;
import io.assay.assertion.event.Rect;
import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.Identity;
import java.util.ArrayList;
import java.util.Comparator;
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
  private static final Comparator<Pair> BEST_FIRST =
      Comparator.comparingDouble(Pair::overlap)
          .reversed()
          .thenComparingInt(Pair::age)
          .thenComparingInt(Pair::element);

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

  private record Pair(double overlap, int age, Track track, int element) {}

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
    for (Pair pair : matched(free, candidates, false, index, at)) {
      candidates.recognise(pair.element(), pair.track());
      free.remove(pair.track());
    }
    // what may be an element blurs whom it fits best, after all that surely are one
    for (Pair pair : matched(free, candidates, true, index, at)) {
      pair.track().doubtful = true;
    }
  }

  private List<Pair> matched(
      List<Track> free, Candidates candidates, boolean doubtful, long index, long at) {
    List<Pair> pairs = new ArrayList<>();
    for (int age = 0; age < free.size(); age++) {
      Rect expected = expected(free.get(age), index, at);
      for (int i = 0; i < candidates.size(); i++) {
        if (doubtful ? candidates.mayCount(i) : candidates.counts(i)) {
          double overlap = expected.iou((Rect) candidates.mark(i));
          if (overlap >= atLeast && overlap > 0) {
            pairs.add(new Pair(overlap, age, free.get(age), i));
          }
        }
      }
    }
    pairs.sort(BEST_FIRST);
    boolean[] trackTaken = new boolean[free.size()];
    boolean[] elementTaken = new boolean[candidates.size()];
    List<Pair> matched = new ArrayList<>();
    for (Pair pair : pairs) {
      if (!trackTaken[pair.age()] && !elementTaken[pair.element()]) {
        trackTaken[pair.age()] = true;
        elementTaken[pair.element()] = true;
        matched.add(pair);
      }
    }
    return matched;
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
