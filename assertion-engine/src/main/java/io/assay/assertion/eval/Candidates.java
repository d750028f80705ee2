package io.assay.assertion.eval;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The elements of one event that are, or may be, sightings, and the identities they were given. */
final class Candidates {
  private final List<?> elements;

  /**
   * The identity's value or the box; null where the element does not count or has none. Shared with
   * those that look at the same elements, until one of its own is withdrawn.
   */
  private @Nullable Object[] marks;

  private boolean isOwn;

  private final boolean[] doubtful;
  private final @Nullable Track[] tracks;
  private int passed;
  private boolean areDoubtful;

  Candidates(List<?> elements) {
    this.elements = elements;
    this.marks = new Object[elements.size()];
    this.doubtful = new boolean[elements.size()];
    this.tracks = new Track[elements.size()];
  }

  private Candidates(Candidates seen) {
    this.elements = seen.elements;
    this.marks = seen.marks;
    this.doubtful = seen.doubtful;
    this.tracks = new Track[marks.length];
    this.passed = seen.passed;
    this.areDoubtful = seen.areDoubtful;
  }

  /** The same, not yet recognised; no more of either is to pass. */
  Candidates again() {
    return new Candidates(this);
  }

  void pass(int element, @Nullable Object mark) {
    passed++;
    marks[element] = mark;
  }

  void doubt(int element, @Nullable Object mark) {
    marks[element] = mark;
    doubtful[element] = true;
    areDoubtful = true;
  }

  int size() {
    return marks.length;
  }

  int passed() {
    return passed;
  }

  Object element(int i) {
    return elements.get(i);
  }

  /** Whether it is a sighting of some identity. */
  boolean counts(int i) {
    return marks[i] != null && !doubtful[i];
  }

  /** Whether there are any that may count. */
  boolean areDoubtful() {
    return areDoubtful;
  }

  boolean mayCount(int i) {
    return marks[i] != null && doubtful[i];
  }

  Object mark(int i) {
    Object mark = marks[i];
    if (mark == null) {
      throw new IllegalStateException("element " + i + " has no identity");
    }
    return mark;
  }

  /** It repeats another element of the event. */
  void withdraw(int i) {
    if (!isOwn) {
      marks = marks.clone();
      isOwn = true;
    }
    marks[i] = null;
  }

  @Nullable Track track(int i) {
    return tracks[i];
  }

  /** By element; not to be written. */
  @Nullable Track[] tracks() {
    return tracks;
  }

  /**
   * An equal value that is kept anyway stands for its identity, also for those that look at the
   * same elements after this: it is found to be equal sooner.
   */
  void call(int i, Object identity) {
    marks[i] = identity;
  }

  void recognise(int i, Track track) {
    tracks[i] = track;
  }
}
