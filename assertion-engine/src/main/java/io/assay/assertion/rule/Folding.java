package io.assay.assertion.rule;

import io.assay.assertion.event.Rect;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
import java.util.Optional;

/** Works out operations on constants, so that a bound may be written {@code (2 * T)}. */
final class Folding {
  private Folding() {}

  /**
   * The constant that a call of constants gives; else the call itself. Overflow is left to run
   * time.
   */
  static Term fold(Term term) {
    if (!(term instanceof Term.Call call)
        || !call.arguments().stream().allMatch(Term.Constant.class::isInstance)) {
      return term;
    }
    List<Object> values = call.arguments().stream().map(a -> ((Term.Constant) a).value()).toList();
    Optional<Object> value;
    try {
      value = value(call.overload(), values);
    } catch (ArithmeticException e) {
      return term;
    }
    return value.<Term>map(v -> constant(v, call.type(), call.span())).orElse(term);
  }

  private static Term constant(Object value, Type type, Span span) {
    return new Term.Constant(value, type, span);
  }

  private static Optional<Object> value(String overload, List<Object> v) {
    return switch (overload) {
      case "add_int", "add_duration" -> Optional.of(Math.addExact(whole(v, 0), whole(v, 1)));
      case "subtract_int", "subtract_duration" ->
          Optional.of(Math.subtractExact(whole(v, 0), whole(v, 1)));
      case "multiply_int", "multiply_duration_int", "multiply_int_duration" ->
          Optional.of(Math.multiplyExact(whole(v, 0), whole(v, 1)));
      case "divide_int", "divide_duration_int" ->
          whole(v, 1) == 0 || (whole(v, 1) == -1 && whole(v, 0) == Long.MIN_VALUE)
              ? Optional.empty()
              : Optional.of(whole(v, 0) / whole(v, 1));
      case "negate_int", "negate_duration" -> Optional.of(Math.negateExact(whole(v, 0)));
      case "add_double" -> Optional.of(real(v, 0) + real(v, 1));
      case "subtract_double" -> Optional.of(real(v, 0) - real(v, 1));
      case "multiply_double" -> Optional.of(real(v, 0) * real(v, 1));
      case "divide_double" -> Optional.of(real(v, 0) / real(v, 1));
      case "divide_duration" -> Optional.of((double) whole(v, 0) / whole(v, 1));
      case "negate_double", "negate_length" -> Optional.of(-real(v, 0));
      case "rect_double" -> Optional.of(new Rect(real(v, 0), real(v, 1), real(v, 2), real(v, 3)));
      default -> Optional.empty();
    };
  }

  private static long whole(List<Object> values, int index) {
    return (Long) values.get(index);
  }

  private static double real(List<Object> values, int index) {
    return (Double) values.get(index);
  }

  static boolean isTrueOrFalse(Term term) {
    return term instanceof Term.Constant constant && constant.type() == Basic.BOOL;
  }
}
