package io.assay.assertion.eval.term;

import io.assay.assertion.rule.ir.Term;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;

/** Functions of single numbers. */
final class Numbers {
  private Numbers() {}

  static void register(Functions.Registry to) {
    for (String type : List.of("int", "duration")) {
      whole(to, "min_" + type, Math::min);
      whole(to, "max_" + type, Math::max);
      to.put(
          "abs_" + type,
          (compiler, terms) -> {
            LongTerm a = compiler.whole(terms.get(0));
            return (LongTerm) frame -> absolute(a.value(frame));
          });
    }
    for (String type : List.of("double", "length")) {
      two(to, "min_" + type, Math::min);
      two(to, "max_" + type, Math::max);
      one(to, "abs_" + type, Math::abs);
    }
    to.put("abs_dyn", Numbers::absolute);
    to.put("min_dyn", (compiler, terms) -> extreme(compiler, terms, -1));
    to.put("max_dyn", (compiler, terms) -> extreme(compiler, terms, 1));
    one(to, "sqrt_double", Math::sqrt);
    one(to, "floor_double", Math::floor);
    one(to, "ceil_double", Math::ceil);
    one(to, "round_double", Math::rint);
    one(to, "exp_double", Math::exp);
    one(to, "log_double", Math::log);
    two(to, "pow_double", Math::pow);
    to.put(
        "interpolate_double",
        (compiler, terms) -> {
          DoubleTerm from = compiler.number(terms.get(0));
          DoubleTerm until = compiler.number(terms.get(1));
          DoubleTerm share = compiler.number(terms.get(2));
          return (DoubleTerm)
              frame -> between(from.value(frame), until.value(frame), share.value(frame));
        });
  }

  /** Exact at both ends. */
  static double between(double from, double until, double share) {
    return share == 1 ? until : from + (until - from) * share;
  }

  private static long absolute(long value) {
    if (value == Long.MIN_VALUE) {
      throw NoValue.failed("integer overflow");
    }
    return Math.abs(value);
  }

  private static ReferenceTerm absolute(TermCompiler compiler, List<Term> terms) {
    ReferenceTerm a = compiler.dynamic(terms.get(0));
    return frame ->
        switch (a.value(frame)) {
          case Long whole -> absolute(whole);
          case Double number -> Math.abs(number);
          case Duration duration -> duration.abs();
          case Object other -> throw Boxing.unexpected("a number or a duration", other);
        };
  }

  /** As of two numbers, NaN goes before all. */
  private static ReferenceTerm extreme(TermCompiler compiler, List<Term> terms, int direction) {
    ReferenceTerm a = compiler.dynamic(terms.get(0));
    ReferenceTerm b = compiler.dynamic(terms.get(1));
    return frame -> {
      Object left = measure(a.value(frame));
      Object right = measure(b.value(frame));
      if (Equality.isUnordered(left, right)) {
        return Double.NaN;
      }
      return direction * Equality.order(left, right) >= 0 ? left : right;
    };
  }

  private static Object measure(Object value) {
    if (value instanceof Long || value instanceof Double || value instanceof Duration) {
      return value;
    }
    throw Boxing.unexpected("a number or a duration", value);
  }

  private static void whole(Functions.Registry to, String name, LongBinaryOperator function) {
    to.put(
        name,
        (compiler, terms) -> {
          LongTerm a = compiler.whole(terms.get(0));
          LongTerm b = compiler.whole(terms.get(1));
          return (LongTerm) frame -> function.applyAsLong(a.value(frame), b.value(frame));
        });
  }

  private static void one(Functions.Registry to, String name, DoubleUnaryOperator function) {
    to.put(
        name,
        (compiler, terms) -> {
          DoubleTerm a = compiler.number(terms.get(0));
          return (DoubleTerm) frame -> function.applyAsDouble(a.value(frame));
        });
  }

  private static void two(Functions.Registry to, String name, DoubleBinaryOperator function) {
    to.put(
        name,
        (compiler, terms) -> {
          DoubleTerm a = compiler.number(terms.get(0));
          DoubleTerm b = compiler.number(terms.get(1));
          return (DoubleTerm) frame -> function.applyAsDouble(a.value(frame), b.value(frame));
        });
  }
}
