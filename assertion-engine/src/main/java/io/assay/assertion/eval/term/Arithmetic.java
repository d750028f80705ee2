package io.assay.assertion.eval.term;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/** Sums, products and their kin. Whole numbers do not wrap round: overflow has no value. */
@SuppressWarnings("StaticAssignmentOfThrowable") // without stack traces, part of evaluation
final class Arithmetic {
  static final NoValue OVERFLOW = NoValue.failed("integer overflow");
  static final NoValue BY_ZERO = NoValue.failed("division by zero");
  static final NoValue MODULO_ZERO = NoValue.failed("modulus by zero");

  private Arithmetic() {}

  static void register(Functions.Registry to) {
    whole(to, "add_int", Arithmetic::add);
    whole(to, "subtract_int", Arithmetic::subtract);
    whole(to, "multiply_int", Arithmetic::multiply);
    whole(to, "divide_int", Arithmetic::divide);
    whole(to, "modulo_int", Arithmetic::modulo);
    whole(to, "add_duration", Arithmetic::add);
    whole(to, "subtract_duration", Arithmetic::subtract);
    whole(to, "add_timestamp_duration", Arithmetic::add);
    whole(to, "add_duration_timestamp", Arithmetic::add);
    whole(to, "subtract_timestamp", Arithmetic::subtract);
    whole(to, "subtract_timestamp_duration", Arithmetic::subtract);
    whole(to, "multiply_duration_int", Arithmetic::multiply);
    whole(to, "multiply_int_duration", Arithmetic::multiply);
    whole(to, "divide_duration_int", Arithmetic::divide);
    number(to, "add_double", Double::sum);
    number(to, "subtract_double", (a, b) -> a - b);
    number(to, "multiply_double", (a, b) -> a * b);
    number(to, "divide_double", (a, b) -> a / b);
    number(to, "add_length", Double::sum);
    number(to, "subtract_length", (a, b) -> a - b);
    number(to, "multiply_length_double", (a, b) -> a * b);
    number(to, "multiply_double_length", (a, b) -> a * b);
    number(to, "divide_length", (a, b) -> a / b);
    number(to, "divide_length_double", (a, b) -> a / b);
    durations(to);
    negations(to);
  }

  private static void whole(Functions.Registry to, String name, LongBinaryOperator operation) {
    to.put(
        name,
        (compiler, terms) -> {
          LongTerm a = compiler.whole(terms.get(0));
          LongTerm b = compiler.whole(terms.get(1));
          return (LongTerm) frame -> operation.applyAsLong(a.value(frame), b.value(frame));
        });
  }

  private static void number(Functions.Registry to, String name, DoubleBinaryOperator operation) {
    to.put(
        name,
        (compiler, terms) -> {
          DoubleTerm a = compiler.number(terms.get(0));
          DoubleTerm b = compiler.number(terms.get(1));
          return (DoubleTerm) frame -> operation.applyAsDouble(a.value(frame), b.value(frame));
        });
  }

  private static void durations(Functions.Registry to) {
    to.put(
        "divide_duration",
        (compiler, terms) -> {
          LongTerm a = compiler.whole(terms.get(0));
          LongTerm b = compiler.whole(terms.get(1));
          return (DoubleTerm) frame -> (double) a.value(frame) / b.value(frame);
        });
    to.put(
        "multiply_duration_double",
        (compiler, terms) -> scaled(compiler.whole(terms.get(0)), compiler.number(terms.get(1))));
    to.put(
        "multiply_double_duration",
        (compiler, terms) -> scaled(compiler.whole(terms.get(1)), compiler.number(terms.get(0))));
    to.put(
        "divide_duration_double",
        (compiler, terms) -> {
          LongTerm a = compiler.whole(terms.get(0));
          DoubleTerm b = compiler.number(terms.get(1));
          return (LongTerm) frame -> rounded(a.value(frame) / b.value(frame));
        });
  }

  private static LongTerm scaled(LongTerm duration, DoubleTerm factor) {
    return frame -> rounded(duration.value(frame) * factor.value(frame));
  }

  private static long rounded(double nanos) {
    if (!(Math.abs(nanos) < 0x1p63)) {
      throw NoValue.failed("duration out of range: " + nanos + " ns");
    }
    return Math.round(nanos);
  }

  private static void negations(Functions.Registry to) {
    for (String name : List.of("negate_int", "negate_duration")) {
      to.put(
          name,
          (compiler, terms) -> {
            LongTerm a = compiler.whole(terms.get(0));
            return (LongTerm) frame -> negate(a.value(frame));
          });
    }
    for (String name : List.of("negate_double", "negate_length")) {
      to.put(
          name,
          (compiler, terms) -> {
            DoubleTerm a = compiler.number(terms.get(0));
            return (DoubleTerm) frame -> -a.value(frame);
          });
    }
  }

  static long add(long a, long b) {
    long sum = a + b;
    if (((a ^ sum) & (b ^ sum)) < 0) {
      throw OVERFLOW;
    }
    return sum;
  }

  static long subtract(long a, long b) {
    long difference = a - b;
    if (((a ^ b) & (a ^ difference)) < 0) {
      throw OVERFLOW;
    }
    return difference;
  }

  static long multiply(long a, long b) {
    long product = a * b;
    if (Math.multiplyHigh(a, b) != product >> 63) {
      throw OVERFLOW;
    }
    return product;
  }

  static long divide(long a, long b) {
    if (b == 0) {
      throw BY_ZERO;
    }
    if (a == Long.MIN_VALUE && b == -1) {
      throw OVERFLOW;
    }
    return a / b;
  }

  static long modulo(long a, long b) {
    if (b == 0) {
      throw MODULO_ZERO;
    }
    return b == -1 ? 0 : a % b;
  }

  static long negate(long a) {
    if (a == Long.MIN_VALUE) {
      throw OVERFLOW;
    }
    return -a;
  }
}
