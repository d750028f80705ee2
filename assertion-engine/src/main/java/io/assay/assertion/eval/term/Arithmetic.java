package io.assay.assertion.eval.term;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/** Sums, products and their kin. Whole numbers do not wrap round: overflow has no value. */
@SuppressWarnings("StaticAssignmentOfThrowable") // without stack traces, part of evaluation
final class Arithmetic {
  private static final NoValue OVERFLOW = NoValue.failed("integer overflow");
  private static final NoValue BY_ZERO = NoValue.failed("division by zero");
  private static final NoValue MODULO_ZERO = NoValue.failed("modulus by zero");

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
    objects(to);
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
    to.put(
        "negate_dyn",
        (compiler, terms) -> {
          ReferenceTerm a = compiler.dynamic(terms.get(0));
          return (ReferenceTerm) frame -> negate(a.value(frame));
        });
  }

  private static Object negate(Object value) {
    return switch (value) {
      case Long whole -> negate(whole.longValue());
      case Double number -> -number;
      case Duration duration -> duration.negated();
      default -> throw noOverload("-", value, value);
    };
  }

  private static void objects(Functions.Registry to) {
    for (String operator : List.of("add", "subtract", "multiply", "divide", "modulo")) {
      for (String type : List.of("uint", "dyn")) {
        object(to, operator + "_" + type, operator);
      }
    }
    for (String type : List.of("string", "bytes", "list")) {
      object(to, "add_" + type, "add");
    }
  }

  private static void object(Functions.Registry to, String name, String operator) {
    to.put(
        name,
        (compiler, terms) -> {
          ReferenceTerm a = compiler.dynamic(terms.get(0));
          ReferenceTerm b = compiler.dynamic(terms.get(1));
          return (ReferenceTerm) frame -> apply(operator, a.value(frame), b.value(frame));
        });
  }

  private static Object apply(String operator, Object a, Object b) {
    if (a instanceof Long left && b instanceof Long right) {
      return switch (operator) {
        case "add" -> add(left, right);
        case "subtract" -> subtract(left, right);
        case "multiply" -> multiply(left, right);
        case "divide" -> divide(left, right);
        default -> modulo(left, right);
      };
    }
    if (a instanceof Unsigned left && b instanceof Unsigned right) {
      return new Unsigned(unsigned(operator, left.bits(), right.bits()));
    }
    if (Equality.isNumber(a)
        && Equality.isNumber(b)
        && (a instanceof Double || b instanceof Double)) {
      double left = Boxing.number(a);
      double right = Boxing.number(b);
      return switch (operator) {
        case "add" -> left + right;
        case "subtract" -> left - right;
        case "multiply" -> left * right;
        case "divide" -> left / right;
        default -> throw noOverload(operator, a, b);
      };
    }
    try {
      return switch (operator) {
        case "add" -> addObjects(a, b);
        case "subtract" -> subtractObjects(a, b);
        default -> throw noOverload(operator, a, b);
      };
    } catch (DateTimeException | ArithmeticException e) {
      throw NoValue.failed("time out of range");
    }
  }

  private static Object addObjects(Object a, Object b) {
    return switch (a) {
      case String left when b instanceof String right -> left + right;
      case ByteBuffer left when b instanceof ByteBuffer right -> joined(left, right);
      case List<?> left when b instanceof List<?> right -> {
        List<Object> both = new ArrayList<>(left.size() + right.size());
        both.addAll(left);
        both.addAll(right);
        yield both;
      }
      case Instant left when b instanceof Duration right -> left.plus(right);
      case Duration left when b instanceof Instant right -> right.plus(left);
      case Duration left when b instanceof Duration right -> left.plus(right);
      default -> throw noOverload("+", a, b);
    };
  }

  private static Object subtractObjects(Object a, Object b) {
    return switch (a) {
      case Instant left when b instanceof Instant right -> Duration.between(right, left);
      case Instant left when b instanceof Duration right -> left.minus(right);
      case Duration left when b instanceof Duration right -> left.minus(right);
      default -> throw noOverload("-", a, b);
    };
  }

  private static ByteBuffer joined(ByteBuffer a, ByteBuffer b) {
    ByteBuffer both = ByteBuffer.allocate(a.remaining() + b.remaining());
    both.put(a.duplicate()).put(b.duplicate()).flip();
    return both;
  }

  private static NoValue noOverload(String operator, Object a, Object b) {
    if (a == io.assay.assertion.event.None.NULL || b == io.assay.assertion.event.None.NULL) {
      return NoValue.missing("an operand of " + operator + " is null");
    }
    return NoValue.failed(
        "no %s of %s and %s".formatted(operator, Boxing.typeName(a), Boxing.typeName(b)));
  }

  private static long add(long a, long b) {
    long sum = a + b;
    if (((a ^ sum) & (b ^ sum)) < 0) {
      throw OVERFLOW;
    }
    return sum;
  }

  private static long subtract(long a, long b) {
    long difference = a - b;
    if (((a ^ b) & (a ^ difference)) < 0) {
      throw OVERFLOW;
    }
    return difference;
  }

  private static long multiply(long a, long b) {
    long product = a * b;
    if (Math.multiplyHigh(a, b) != product >> 63) {
      throw OVERFLOW;
    }
    return product;
  }

  private static long divide(long a, long b) {
    if (b == 0) {
      throw BY_ZERO;
    }
    if (a == Long.MIN_VALUE && b == -1) {
      throw OVERFLOW;
    }
    return a / b;
  }

  private static long modulo(long a, long b) {
    if (b == 0) {
      throw MODULO_ZERO;
    }
    return b == -1 ? 0 : a % b;
  }

  private static long negate(long a) {
    if (a == Long.MIN_VALUE) {
      throw OVERFLOW;
    }
    return -a;
  }

  private static long unsigned(String operator, long a, long b) {
    return switch (operator) {
      case "add" -> {
        if (Long.compareUnsigned(a + b, a) < 0) {
          throw OVERFLOW;
        }
        yield a + b;
      }
      case "subtract" -> {
        if (Long.compareUnsigned(a, b) < 0) {
          throw OVERFLOW;
        }
        yield a - b;
      }
      case "multiply" -> {
        if (Math.unsignedMultiplyHigh(a, b) != 0) {
          throw OVERFLOW;
        }
        yield a * b;
      }
      case "divide" -> {
        if (b == 0) {
          throw BY_ZERO;
        }
        yield Long.divideUnsigned(a, b);
      }
      default -> {
        if (b == 0) {
          throw MODULO_ZERO;
        }
        yield Long.remainderUnsigned(a, b);
      }
    };
  }
}
