package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.eval.term.Evidence;
import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.Identity;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows identities through a key's events: who is seen, who comes back, whose life is over.
 *
 * <p>An event whose list is missing or not as declared tells nothing about presence or absence and
 * is passed over, as undecided.
 */
final class Following {
  /** So many identities live at once, whatever a bound allows where time stands still. */
  static final int MOST = 4096;

  /** Of too many so many stay: not every further one shall cost a look at all. */
  private static final int SOME = 3 * MOST / 4;

  private static final String TOO_MANY =
      "more than %,d identities live at once: those unseen for longest are forgotten"
          .formatted(MOST);

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
  private final Look look;

  /**
   * @param bound a life ends once so much has passed without a sighting; the key itself, which is
   *     followed where there is no identity, lives on
   */
  Following(Scope scope, Bound bound, boolean withPaths, Look.Shared looks) {
    this.scope = scope;
    this.bound = bound;
    this.withPaths = withPaths;
    this.recognition =
        scope
            .assertion
            .identity()
            .map(identity -> by(identity, scope, bound))
            .orElseGet(RecognitionByKey::new);
    this.look = looks.of(scope, recognition);
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
    long at = moment.now().at();
    boolean byTime = bound instanceof Bound.Time;
    if (byTime) {
      endLives(memory, moment, index, lives);
    }
    recognition.match(memory, candidates, index, at);
    for (int i = 0; i < candidates.size(); i++) {
      if (candidates.counts(i)) {
        seen(memory, candidates, i, moment, index, lives);
      }
    }
    if (!byTime) {
      endLives(memory, moment, index, lives);
    }
    if (memory.tracks.size() > MOST) {
      forgetSome(memory, moment);
    }
    lives.stepped(memory, moment, index);
    if (memory.mayKeepEnded) {
      memory
          .tracks
          .values()
          .removeIf(track -> track.ended && !recognition.recognisable(track, index, at));
      memory.forgetLastSeen();
      memory.mayKeepEnded = anyEnded(memory);
    }
  }

  private static boolean anyEnded(Memory memory) {
    for (Track track : memory.tracks.values()) {
      if (track.ended) {
        return true;
      }
    }
    return false;
  }

  /** The elements that count, or may; null where the list itself is not there. */
  private @Nullable Candidates candidates(Moment moment) {
    look.at(moment);
    String missing = look.missing();
    if (missing != null) {
      moment.undecided(scope.assertion.name(), "", missing);
      return null;
    }
    look.tellOpen(scope.assertion.name(), moment);
    return look.candidates();
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
      candidates.recognise(element, track);
    } else if (!starts && track.lastIndex == index && track.lastSequence == now.sequence()) {
      return; // a second element of one identity in one event is the same sighting
    }
    if (starts) {
      track.start(now, index, recognition.subject(track, element), withPaths);
      memory.nextEnd = Math.min(memory.nextEnd, end(now.at(), index));
    } else if (index - track.lastIndex > 1) {
      lives.returned(track, element, candidates.element(element), moment, index);
    }
    lives.sighted(track, element, candidates.element(element), starts, moment, index);
    recognition.moved(track, candidates.mark(element), index, now.at());
    track.see(now, index, element);
  }

  /** What becomes of them cannot be told any more. */
  private void forgetSome(Memory memory, Moment moment) {
    List<Track> longestUnseen =
        memory.tracks.values().stream()
            .sorted(Comparator.comparingLong(track -> track.lastSequence))
            .limit(memory.tracks.size() - SOME)
            .toList();
    memory.forgetLastSeen();
    for (Track track : longestUnseen) {
      memory.tracks.remove(track.identity);
      if (!track.ended) {
        moment.undecided(scope.assertion.name(), "", TOO_MANY);
      }
    }
  }

  /** Looks at lives only when one may be over: most events end none. */
  private void endLives(Memory memory, Moment moment, long index, Lives lives) {
    long now = bound instanceof Bound.Time ? moment.now().at() : index;
    if (isOfKey() || now < memory.nextEnd) {
      return;
    }
    long next = Long.MAX_VALUE;
    for (Track track : memory.tracks.values()) {
      if (track.ended) {
        continue;
      }
      long end = end(track.lastAt, track.lastIndex);
      if (now >= end) {
        lives.ended(track, moment, index);
        track.ended = true;
        memory.mayKeepEnded = true;
      } else {
        next = Math.min(next, end);
      }
    }
    memory.nextEnd = next;
  }

  /** When the life of an identity ends that is seen last then. */
  private long end(long at, long index) {
    long last = bound instanceof Bound.Time ? at : index;
    long length =
        switch (bound) {
          case Bound.Time time -> time.nanos();
          case Bound.Events events -> events.count();
        };
    return last > Long.MAX_VALUE - length ? Long.MAX_VALUE : last + length;
  }
}
