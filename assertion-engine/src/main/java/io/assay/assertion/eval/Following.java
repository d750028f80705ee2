package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.eval.term.Evidence;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.Identity;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows identities through a key's events: who is seen, who comes back, whose life is over.
 *
 * <p>An event whose list is missing or not as declared tells nothing about presence or absence and
 * is passed over, as undecided.
 */
final class Following {
  /** Is told of lives, in order. */
  interface Lives {
    /**
     * Seen again, as this element, after events without it; the track still tells the last time.
     */
    default void returned(Track track, int element, Object row, Moment moment, long index) {}

    /** Seen, as this element; the track still tells the last time, unless its life starts here. */
    default void sighted(
        Track track, int element, Object row, boolean starts, Moment moment, long index) {}

    /** An event has told who is there and who is not. */
    default void stepped(Memory memory, Moment moment, long index) {}

    /** T has passed without it. */
    void ended(Track track, Moment moment, long index);
  }

  private final Scope scope;
  private final Bound bound;
  private final Recognition recognition;
  private final boolean withPaths;

  /**
   * @param bound a life ends once so much has passed without a sighting; the key itself, which is
   *     followed where there is no identity, lives on
   */
  Following(Scope scope, Bound bound, boolean withPaths) {
    this.scope = scope;
    this.bound = bound;
    this.withPaths = withPaths;
    this.recognition =
        scope
            .assertion
            .identity()
            .map(identity -> by(identity, scope, bound))
            .orElseGet(RecognitionByKey::new);
  }

  private static Recognition by(Identity identity, Scope scope, Bound bound) {
    return switch (identity) {
      case Identity.ByValue value ->
          new RecognitionByValue(
              scope.terms.value(value.value()), Evidence.isHidden(scope.terms, value.value()));
      case Identity.ByOverlap overlap ->
          new RecognitionByOverlap(scope.terms.value(overlap.area()), overlap, bound);
    };
  }

  /** Whether the key is followed: then an event is the unit, not a life. */
  boolean isOfKey() {
    return recognition instanceof RecognitionByKey;
  }

  void step(Memory memory, Moment moment, Lives lives) {
    String name = scope.assertion.name();
    moment.count(name, "", Tally.SEEN, 1);
    Candidates candidates = candidates(moment);
    if (candidates == null) {
      return;
    }
    moment.count(name, "", Tally.PASSED, candidates.passed());
    long index = memory.events++;
    boolean ends = !isOfKey();
    if (ends && bound instanceof Bound.Time time) {
      endLives(
          memory, moment, index, lives, track -> moment.now().at() - track.lastAt >= time.nanos());
    }
    recognition.match(memory, candidates, index, moment.now().at());
    for (int i = 0; i < candidates.size(); i++) {
      if (candidates.counts(i)) {
        seen(memory, candidates, i, moment, index, lives);
      }
    }
    if (ends && bound instanceof Bound.Events events) {
      endLives(memory, moment, index, lives, track -> index - track.lastIndex >= events.count());
    }
    lives.stepped(memory, moment, index);
    memory
        .tracks
        .values()
        .removeIf(
            track -> track.ended && !recognition.recognisable(track, index, moment.now().at()));
  }

  /** The elements that count, or may; null where the list itself is not there. */
  private @Nullable Candidates candidates(Moment moment) {
    scope.event(moment.row());
    List<?> elements;
    try {
      elements = scope.elements(moment.row());
    } catch (NoValue e) {
      moment.undecided(scope.assertion.name(), "", e.reason());
      return null;
    }
    Candidates candidates = new Candidates(elements);
    for (int i = 0; i < elements.size(); i++) {
      scope.element(elements.get(i));
      switch (scope.passes()) {
        case NO -> {}
        case YES -> pass(candidates, i, moment);
        case UNKNOWN -> {
          candidates.doubt(i, recognition.mark(scope.frame));
          moment.undecided(scope.assertion.name(), "", scope.unknown());
        }
      }
    }
    return candidates;
  }

  private void pass(Candidates candidates, int element, Moment moment) {
    Object mark = recognition.mark(scope.frame);
    candidates.pass(element, mark);
    if (mark == null) {
      moment.undecided(scope.assertion.name(), "", "an element has no identity");
    }
  }

  private void seen(
      Memory memory, Candidates candidates, int element, Moment moment, long index, Lives lives) {
    Track track = candidates.track(element);
    Past now = moment.now();
    boolean starts = track == null || track.ended;
    if (track == null) {
      track = recognition.begin(memory, candidates.mark(element));
      if (memory.tracks.put(track.identity, track) != null) {
        throw new IllegalStateException("identity " + track.label + " began twice");
      }
    } else if (!starts && track.lastIndex == index && track.lastSequence == now.sequence()) {
      return; // a second element of one identity in one event is the same sighting
    }
    if (starts) {
      track.start(now, index, recognition.subject(track, element), withPaths);
    } else if (index - track.lastIndex > 1) {
      lives.returned(track, element, candidates.element(element), moment, index);
    }
    lives.sighted(track, element, candidates.element(element), starts, moment, index);
    recognition.moved(track, candidates.mark(element), index, now.at());
    track.see(now, index, element);
  }

  private static void endLives(
      Memory memory,
      Moment moment,
      long index,
      Lives lives,
      java.util.function.Predicate<Track> over) {
    Iterator<Track> tracks = memory.tracks.values().iterator();
    while (tracks.hasNext()) {
      Track track = tracks.next();
      if (!track.ended && over.test(track)) {
        lives.ended(track, moment, index);
        track.ended = true;
      }
    }
  }
}
