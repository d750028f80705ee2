package io.assay.assertion.eval.term;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;

/** Functions of single numbers, and of maps from names to shares. */
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
    one(to, "sqrt_double", Math::sqrt);
    one(to, "floor_double", Math::floor);
    one(to, "ceil_double", Math::ceil);
    one(to, "round_double", Math::rint);
    one(to, "exp_double", Math::exp);
    one(to, "log_double", Math::log);
    two(to, "pow_double", Math::pow);
    shares(to);
  }

  private static long absolute(long value) {
    if (value == Long.MIN_VALUE) {
      throw NoValue.failed("integer overflow");
    }
    return Math.abs(value);
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

  private static void shares(Functions.Registry to) {
    to.put(
        "entropy_map",
        (compiler, terms) -> {
          ReferenceTerm map = compiler.value(terms.get(0));
          return (DoubleTerm) frame -> entropy(shares(map.value(frame)));
        });
    to.put(
        "top_share_map",
        (compiler, terms) -> {
          ReferenceTerm map = compiler.value(terms.get(0));
          LongTerm many = compiler.whole(terms.get(1));
          return (DoubleTerm) frame -> topShare(shares(map.value(frame)), many.value(frame));
        });
  }

  /** Magnitudes divided by their sum, ascending. */
  private static double[] shares(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw Boxing.unexpected("a map", value);
    }
    double[] sizes =
        map.values().stream()
            .mapToDouble(of -> Math.abs(Boxing.number(Objects.requireNonNull(of))))
            .sorted()
            .toArray();
    double sum = java.util.Arrays.stream(sizes).sum();
    if (!(sum > 0)) {
      throw NoValue.failed("shares of nothing");
    }
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] /= sum;
    }
    return sizes;
  }

  private static double entropy(double[] shares) {
    double bits = 0;
    for (double share : shares) {
      if (share > 0) {
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return bits;
  }

  private static double topShare(double[] shares, long many) {
    double sum = 0;
    for (int i = shares.length - 1; i >= Math.max(0, shares.length - many); i--) {
      sum += shares[i];
    }
    return Math.min(1, sum);
  }
}
