package io.assay.assertion.rule;

import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.CheckedAssertion.Let;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
import java.util.Set;

/** What is known of values where an assertion is violated: names that its kind gives, variables. */
final class KindRanges {
  /** Times and counts, which are 0 or more. */
  private static final Set<String> NOT_NEGATIVE =
      Set.of("gap", "events", "lifetime", "silent", "elapsed", "count", "pairs");

  private KindRanges() {}

  /** {@code passed}: what is known of the elements that are judged. */
  static Ranges violated(Kind kind, List<Let> lets, List<Local> given, Ranges passed) {
    Ranges ranges = passed.with(lets);
    for (Local local : given) {
      Term read = new Term.Read(local, Span.NONE);
      if (NOT_NEGATIVE.contains(local.name())) {
        ranges = ranges.with(read, ofName(kind, local.name()));
      } else if (local.name().equals("value") && kind instanceof Kind.Change change) {
        // Without 'previous' it is the absolute difference of two values.
        Interval value =
            change.previous().isEmpty() ? Interval.NOT_NEGATIVE : ranges.of(change.value());
        ranges = ranges.with(read, value);
      }
    }
    return kind instanceof Kind.Expect expect && expect.expectations().size() == 1
        ? ranges.where(expect.expectations().getFirst().condition(), false)
        : ranges;
  }

  private static Interval ofName(Kind kind, String name) {
    return switch (kind) {
      case Kind.Absent absent -> below(absent.lessThan(), name);
      case Kind.Present present -> below(present.lessThan(), name);
      case Kind.Silence silence ->
          name.equals("silent")
              ? new Interval(silence.atMostNanos(), Double.POSITIVE_INFINITY)
              : Interval.NOT_NEGATIVE;
      default -> Interval.NOT_NEGATIVE;
    };
  }

  private static Interval below(Bound bound, String name) {
    return switch (bound) {
      case Bound.Time time when !name.equals("events") -> new Interval(0, time.nanos());
      case Bound.Events events when name.equals("events") -> new Interval(1, events.count() - 1);
      default -> Interval.NOT_NEGATIVE;
    };
  }
}
