package io.assay.assertion.explain;

import io.assay.assertion.rule.ir.Bound;

/**
 * What an estimate supposes of the events, since no rule tells it.
 *
 * @param perSecond events of one key and stream in a second
 * @param elements of each list, and so many identities live at once
 * @param text bytes of a text
 */
public record Load(double perSecond, int elements, int text) {
  public static final Load USUAL = new Load(10, 5, 12);

  public Load {
    if (!(perSecond > 0) || Double.isInfinite(perSecond) || elements < 0 || text < 0) {
      throw new IllegalArgumentException(
          "a load needs events and no negative number, got %s a second, %d elements, %d bytes"
              .formatted(perSecond, elements, text));
    }
  }

  /** How many events a bound holds. */
  double events(Bound bound) {
    return switch (bound) {
      case Bound.Events events -> events.count();
      case Bound.Time time -> events(time.nanos());
    };
  }

  double events(long nanos) {
    return Math.max(1, nanos / 1e9 * perSecond);
  }
}
