package io.assay.assertion.explain;

import io.assay.assertion.event.Durations;
import io.assay.assertion.rule.ir.Bound;

/** Bounds and shares in words. */
final class BoundText {
  private BoundText() {}

  /** {@code 500ms}, {@code 4 events}. */
  static String of(Bound bound) {
    return switch (bound) {
      case Bound.Events events -> WrittenText.count(events.count(), "event");
      case Bound.Time time -> Durations.print(time.nanos());
    };
  }

  /** {@code less than 500ms}, {@code fewer than 4 events}. */
  static String under(Bound bound) {
    return switch (bound) {
      case Bound.Events events -> "fewer than " + of(events);
      case Bound.Time time -> "less than " + of(time);
    };
  }

  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  static String percent(double share) {
    return number(Math.round(share * 1e6) / 1e4) + "%";
  }
}
