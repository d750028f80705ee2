package io.assay.assertion.eval;

import io.assay.assertion.Violation;
import io.assay.assertion.event.Durations;
import io.assay.assertion.rule.ir.Bound;

/** Bounds as evidence shows them. */
final class Bounds {
  private Bounds() {}

  static Violation.Value threshold(String clause, Bound bound) {
    return switch (bound) {
      case Bound.Events events ->
          new Violation.Value(clause + " events", Long.toString(events.count()), true);
      case Bound.Time time ->
          new Violation.Value(clause, JsonValues.quote(Durations.print(time.nanos())), true);
    };
  }
}
