package io.assay.assertion.eval;

import java.util.Map;
import java.util.stream.Stream;

/** One segment, or all that have its value at one place of {@code by}. */
record Selection(Segment segment, int place) {
  private static final int WHOLE = -1;

  static Selection of(Segment segment) {
    return new Selection(segment, WHOLE);
  }

  /** Whether it is one segment by itself. */
  boolean isWhole() {
    return place == WHOLE;
  }

  <T> Stream<T> of(Map<Segment, T> all) {
    if (place == WHOLE) {
      return Stream.ofNullable(all.get(segment));
    }
    Object value = segment.values().get(place);
    return all.entrySet().stream()
        .filter(one -> one.getKey().values().get(place).equals(value))
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue);
  }
}
