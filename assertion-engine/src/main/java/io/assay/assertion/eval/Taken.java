package io.assay.assertion.eval;

import io.assay.assertion.event.Event;
import io.assay.assertion.event.Row;
import java.util.List;

/**
 * What windows count of an event that the judge of its key has taken: itself, and the pairs of
 * versions that it completes.
 */
public record Taken(Event event, List<Pair> pairs) {
  public Taken {
    pairs = List.copyOf(pairs);
  }

  static Taken alone(Event event) {
    return new Taken(event, List.of());
  }

  /** Those of one assertion. */
  List<Pair> pairs(String assertion) {
    return pairs.stream().filter(pair -> pair.assertion().equals(assertion)).toList();
  }

  /**
   * One input, judged by two versions.
   *
   * @param assertion which compares them
   * @param at event time of the later event
   * @param apart from the earlier one to it, nanoseconds
   */
  record Pair(String assertion, Row older, Row newer, long at, long apart) {}
}
