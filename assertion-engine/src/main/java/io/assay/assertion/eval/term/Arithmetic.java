package io.assay.assertion.eval.term;

import java.util.List;

/** Sums, products and their kin. Whole numbers do not wrap round: overflow has no value. */
@SuppressWarnings("StaticAssignmentOfThrowable") // without stack traces, part of evaluation
final class Arithmetic {
  static final NoValue OVERFLOW = NoValue.failed("integer overflow");
  static final NoValue BY_ZERO = NoValue.failed("division by zero");
  static final NoValue MODULO_ZERO = NoValue.failed("modulus by zero");

  private Arithmetic() {}

  static void register(Functions.Registry to) {
    for (String types : List.of("int", "duration", "timestamp_duration", "duration_timestamp")) {
      whole(to, "add_" + types, (a, b) -> frame -> add(a.value(frame), b.value(frame)));
    }
    for (String types : List.of("int", "duration", "timestamp", "timestamp_duration")) {
      whole(to, "subtract_" + types, (a, b) -> frame -> subtract(a.value(frame), b.value(frame)));
    }
    for (String types : List.of("int", "duration_int", "int_duration")) {
      whole(to, "multiply_" + types, (a, b) -> frame -> multiply(a.value(frame), b.value(frame)));
    }
    for (String types : List.of("int", "duration_int")) {
      whole(to, "divide_" + types, (a, b) -> frame -> divide(a.value(frame), b.value(frame)));
    }
    whole(to, "modulo_int", (a, b) -> frame -> modulo(a.value(frame), b.value(frame)));
    for (String type : List.of("double", "length")) {
      number(to, "add_" + type, (a, b) -> frame -> a.value(frame) + b.value(frame));
      number(to, "subtract_" + type, (a, b) -> frame -> a.value(frame) - b.value(frame));
      number(to, "divide_" + type, (a, b) -> frame -> a.value(frame) / b.value(frame));
    }
    for (String types : List.of("double", "length_double", "double_length")) {
      number(to, "multiply_" + types, (a, b) -> frame -> a.value(frame) * b.value(frame));
    }
    number(to, "divide_length_double", (a, b) -> frame -> a.value(frame) / b.value(frame));
    durations(to);
    negations(to);
  }

  /** An operation of two terms: a node of its own each, so that the JVM can tell them apart. */
  private interface OfWholes {
    LongTerm of(LongTerm a, LongTerm b);
  }

  private interface OfNumbers {
    DoubleTerm of(DoubleTerm a, DoubleTerm b);
  }

  private static void whole(Functions.Registry to, String name, OfWholes operation) {
    to.put(name, (c, terms) -> operation.of(c.whole(terms.get(0)), c.whole(terms.get(1))));
  }

  private static void number(Functions.Registry to, String name, OfNumbers operation) {
    to.put(name, (c, terms) -> operation.of(c.number(terms.get(0)), c.number(terms.get(1))));
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
