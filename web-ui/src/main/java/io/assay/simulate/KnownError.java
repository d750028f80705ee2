package io.assay.simulate;

import java.util.OptionalInt;
import java.util.Set;

/**
 * What a model got wrong, as the simulator knows it.
 *
 * @param kind as in {@code street-errors.txt}
 * @param tracks the camera's identities that are wrong, missing or invented; none for a silence
 * @param object the road user, where there is one
 * @param from epoch milliseconds of the first wrong frame
 * @param to of the last
 * @param visibleTo the street's rules that it violates by their definitions
 * @param json the same as a line of {@code errors.jsonl}, with reasons
 */
public record KnownError(
    String kind,
    Set<String> tracks,
    OptionalInt object,
    long from,
    long to,
    Set<String> visibleTo,
    String json) {
  public KnownError {
    tracks = Set.copyOf(tracks);
    visibleTo = Set.copyOf(visibleTo);
  }
}
