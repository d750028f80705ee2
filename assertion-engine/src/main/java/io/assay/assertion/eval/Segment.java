package io.assay.assertion.eval;

import io.assay.assertion.event.None;
import java.util.List;

/**
 * One combination of the values that {@code by} cuts windows with; without {@code by} there is the
 * one of no values.
 *
 * @param values a Boolean, Long or String each; {@link None} where an event has none, which is a
 *     value of its own
 */
record Segment(List<Object> values) implements Comparable<Segment> {
  Segment {
    values = List.copyOf(values);
  }

  @Override
  public int compareTo(Segment other) {
    for (int i = 0; i < values.size(); i++) {
      int order = compare(values.get(i), other.values.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int compare(Object a, Object b) {
    return switch (a) {
      case Long whole when b instanceof Long other -> Long.compare(whole, other);
      case Boolean truth when b instanceof Boolean other -> Boolean.compare(truth, other);
      case String text when b instanceof String other -> text.compareTo(other);
      case None ignored -> b == None.NULL ? 0 : 1;
      default -> -1;
    };
  }
}
