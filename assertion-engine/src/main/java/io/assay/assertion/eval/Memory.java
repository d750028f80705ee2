package io.assay.assertion.eval;

import java.util.LinkedHashMap;
import java.util.Map;

/** What one assertion remembers of one key. */
final class Memory {
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

  /** Of violations that belong together. */
  final Episodes episodes = new Episodes();
}
