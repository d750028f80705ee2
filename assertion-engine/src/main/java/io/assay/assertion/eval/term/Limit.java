package io.assay.assertion.eval.term;

import io.assay.assertion.rule.ir.Term;
import java.util.Optional;

/** A constant that a condition holds a measure against. */
record Limit(Term of, double value) {

  /** The condition holds only where the measure is more than nothing. */
  static Optional<Limit> above(Term condition) {
    return switch (condition) {
      case Term.InRange range -> least(range.value(), range.low(), false);
      case Term.Call call when call.arguments().size() == 2 ->
          switch (comparison(call)) {
            case "greater" -> least(left(call), right(call), true);
            case "greater_equals" -> least(left(call), right(call), false);
            case "less" -> least(right(call), left(call), true);
            case "less_equals" -> least(right(call), left(call), false);
            default -> Optional.empty();
          };
      default -> Optional.empty();
    };
  }

  private static Optional<Limit> least(Term measure, Term limit, boolean strictly) {
    return against(measure, limit).filter(l -> strictly ? l.value() >= 0 : l.value() > 0);
  }

  /** The condition holds only where the measure is at most this. */
  static Optional<Limit> below(Term condition) {
    return switch (condition) {
      case Term.InRange range -> against(range.value(), range.high());
      case Term.Call call when call.arguments().size() == 2 ->
          switch (comparison(call)) {
            case "less", "less_equals" -> against(left(call), right(call));
            case "greater", "greater_equals" -> against(right(call), left(call));
            default -> Optional.empty();
          };
      default -> Optional.empty();
    };
  }

  private static Optional<Limit> against(Term measure, Term limit) {
    return limit instanceof Term.Constant constant && constant.value() instanceof Number number
        ? Optional.of(new Limit(measure, number.doubleValue()))
        : Optional.empty();
  }

  /** Which order is wanted, of the overloads that compare numbers. */
  private static String comparison(Term.Call call) {
    String overload = call.overload();
    for (String types : new String[] {"_int_double", "_double_int", "_double", "_length"}) {
      if (overload.endsWith(types)) {
        return overload.substring(0, overload.length() - types.length());
      }
    }
    return "";
  }

  private static Term left(Term.Call call) {
    return call.arguments().get(0);
  }

  private static Term right(Term.Call call) {
    return call.arguments().get(1);
  }
}
