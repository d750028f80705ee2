package io.assay.assertion.eval;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one assertion remembers of one key. */
final class Memory {
  private static final @Nullable Track[] NOBODY = new Track[0];

  /** Events of the key that told whether something is there, since the assertion's first. */
  long events;

  /** How many identities by overlap there were: their names. */
  long named;

  /** It failed in itself and judges no more. */
  boolean failed;

  /** Before this time, or this event where T counts events, no life can end. */
  long nextEnd = Long.MIN_VALUE;

  /** A life may have ended of which the identity is still kept. */
  boolean mayKeepEnded = true;

  /** Live identities, oldest first. */
  final Map<Object, Track> tracks = new LinkedHashMap<>(4);

  /** By element, whom the last event showed; a guess at whom the next one shows. */
  @Nullable Track[] lastSeen = NOBODY;

  /** Of violations that belong together; none while none is open. */
  @Nullable Episodes episodes;

  /** The identity of this value, which is likely where it was in the last event. */
  @Nullable Track find(Object identity, int element) {
    Track guess = seen(identity, element);
    if (guess == null) {
      guess = seen(identity, element + 1); // one before it is gone
    }
    return guess == null ? tracks.get(identity) : guess;
  }

  private @Nullable Track seen(Object identity, int element) {
    Track guess = element < lastSeen.length ? lastSeen[element] : null;
    return guess != null && guess.identity.equals(identity) ? guess : null;
  }

  /** Identities are gone: no guess may find them. */
  void forgetLastSeen() {
    lastSeen = NOBODY;
  }

  /** Events in order whose input another version may still judge. */
  private @Nullable Halves halves;

  /** Likewise, in whatever order they came, for windows. */
  private @Nullable Halves arrived;

  boolean hasHalves() {
    return halves != null;
  }

  Halves halves() {
    Halves own = halves == null ? new Halves() : halves;
    halves = own;
    return own;
  }

  boolean hasArrived() {
    return arrived != null;
  }

  Halves arrived() {
    Halves own = arrived == null ? new Halves() : arrived;
    arrived = own;
    return own;
  }

  void restore(Halves inOrder, Halves asTheyCame) {
    halves = inOrder;
    arrived = asTheyCame;
  }
}
