package io.assay.assertion.eval;

import io.assay.assertion.event.Rect;
import org.jspecify.annotations.Nullable;

/** What is remembered of one identity: its life so far, and where it was last seen. */
final class Track {
  final Object identity;

  /** As tables call it. */
  final String label;

  /** As ids call it, without the start of the life; empty for the key itself. */
  String name = "";

  long startIndex;
  long startAt;
  long startSequence;

  /** Of the event in which the life starts, among those of its instant. */
  int startOrdinal;

  long lastIndex;
  long lastAt;
  long lastSequence;
  int lastElement;

  /** Since it was last seen, there was an element of which nobody can tell whether it counts. */
  boolean doubtful;

  /** A violation was found in this life. */
  boolean violated;

  /** Its life is over, but it may still be recognised. */
  boolean ended;

  /** For identity by overlap: the last box and the one before it, to extrapolate from. */
  @Nullable Rect box;

  @Nullable Rect earlierBox;
  long earlierIndex;
  long earlierAt;

  /** Where it was seen, while the life may still turn out too short. */
  @Nullable Sightings path;

  /** What the kind remembers of the sightings. */
  @Nullable Trail trail;

  Track(Object identity, String label) {
    this.identity = identity;
    this.label = label;
  }

  /** As ids call this life: with its start, told apart from others of the same instant. */
  String subject() {
    if (name.isEmpty()) {
      return "";
    }
    return startOrdinal == 0 ? name + "@" + startAt : name + "@" + startAt + "." + startOrdinal;
  }

  void start(Past now, long index, String called, boolean withPath) {
    name = called;
    startIndex = index;
    startAt = now.at();
    startSequence = now.sequence();
    startOrdinal = now.ordinal();
    violated = false;
    doubtful = false;
    ended = false;
    path = withPath ? new Sightings() : null;
    trail = null;
  }

  void see(Past now, long index, int element) {
    lastIndex = index;
    lastAt = now.at();
    lastSequence = now.sequence();
    lastElement = element;
    doubtful = false;
    if (path != null) {
      path.add(now.sequence(), element);
    }
  }

  void move(Rect to) {
    earlierBox = box;
    earlierIndex = lastIndex;
    earlierAt = lastAt;
    box = to;
  }
}
