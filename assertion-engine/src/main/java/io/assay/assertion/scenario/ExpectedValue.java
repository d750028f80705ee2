package io.assay.assertion.scenario;

import io.assay.assertion.event.Durations;
import io.assay.assertion.event.Rect;
import io.assay.assertion.event.Type;
import io.assay.assertion.rule.ir.Term;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A value that a test expects of a violation, against the one that the violation has. */
record ExpectedValue(Object value, Type type) {
  /** Doubles that were worked out on different ways differ in their last digits. */
  private static final double RELATIVE = 1e-9;

  private static final double ABSOLUTE = 1e-12;

  static ExpectedValue of(Term term) {
    return new ExpectedValue(TermValues.constant(term), term.type());
  }

  /**
   * @param came as read from the violation's JSON: String, Number, Boolean or List
   */
  boolean agrees(Object came) {
    return switch (value) {
      case Long nanos when type == Type.Basic.DURATION -> isDuration(nanos, came);
      case Long nanos when type == Type.Basic.TIMESTAMP ->
          came instanceof Number number ? number.longValue() == nanos : came.equals(instant(nanos));
      case Number number -> came instanceof Number other && near(number, other);
      case Rect r -> agreesAll(List.of(r.x(), r.y(), r.width(), r.height()), came);
      case List<?> list -> agreesAll(list, came);
      default -> came.equals(value) || came.equals(value.toString());
    };
  }

  private static boolean isDuration(long nanos, Object came) {
    if (came instanceof Number number) {
      return number.longValue() == nanos;
    }
    OptionalLong parsed = Durations.parse(came.toString());
    return parsed.isPresent() ? parsed.getAsLong() == nanos : came.equals(Durations.print(nanos));
  }

  private static boolean near(Number expected, Number came) {
    double a = expected.doubleValue();
    double b = came.doubleValue();
    return Math.abs(a - b) <= Math.max(ABSOLUTE, RELATIVE * Math.max(Math.abs(a), Math.abs(b)));
  }

  private static boolean agreesAll(List<?> expected, Object came) {
    if (!(came instanceof List<?> other) || other.size() != expected.size()) {
      return false;
    }
    for (int i = 0; i < expected.size(); i++) {
      if (!new ExpectedValue(expected.get(i), Type.Basic.DYN).agrees(other.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** In the words of the rule language. */
  String print() {
    return switch (value) {
      case Long nanos when type == Type.Basic.DURATION -> Durations.print(nanos);
      case Long nanos when type == Type.Basic.TIMESTAMP -> instant(nanos);
      default -> print(value);
    };
  }

  /** A value as it was read from JSON. */
  static String print(Object value) {
    return switch (value) {
      case String text -> '"' + text + '"';
      case Term.Null ignored -> "null";
      case Rect r -> print(List.of(r.x(), r.y(), r.width(), r.height()));
      case List<?> list ->
          list.stream().map(ExpectedValue::print).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(e -> e.getKey() + ": " + print(e.getValue()))
              .collect(Collectors.joining(", ", "{ ", " }"));
      default -> value.toString();
    };
  }

  private static String instant(long nanos) {
    return Instant.ofEpochSecond(0, nanos).toString();
  }
}
