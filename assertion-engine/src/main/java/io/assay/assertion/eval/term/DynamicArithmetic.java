package io.assay.assertion.eval.term;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Sums, products and their kin of values whose type is looked at when they are there. */
final class DynamicArithmetic {
  private DynamicArithmetic() {}

  static void register(Functions.Registry to) {
    for (String operator : List.of("add", "subtract", "multiply", "divide", "modulo")) {
      for (String type : List.of("uint", "dyn")) {
        object(to, operator + "_" + type, operator);
      }
    }
    negation(to);
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
          boolean mixing = !compiler.isPure();
          return (ReferenceTerm) frame -> apply(operator, a.value(frame), b.value(frame), mixing);
        });
  }

  /**
   * @param mixing whether a whole number beside a double is taken for one, as rules do
   */
  private static Object apply(String operator, Object a, Object b, boolean mixing) {
    if (a instanceof Long left && b instanceof Long right) {
      return switch (operator) {
        case "add" -> Arithmetic.add(left, right);
        case "subtract" -> Arithmetic.subtract(left, right);
        case "multiply" -> Arithmetic.multiply(left, right);
        case "divide" -> Arithmetic.divide(left, right);
        default -> Arithmetic.modulo(left, right);
      };
    }
    if (a instanceof Unsigned left && b instanceof Unsigned right) {
      return new Unsigned(unsigned(operator, left.bits(), right.bits()));
    }
    if (areDoubles(a, b, mixing)) {
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

  private static boolean areDoubles(Object a, Object b, boolean mixing) {
    return mixing
        ? Equality.isNumber(a)
            && Equality.isNumber(b)
            && (a instanceof Double || b instanceof Double)
        : a instanceof Double && b instanceof Double;
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
      case Instant left when b instanceof Duration right -> Conversions.inRange(left.plus(right));
      case Duration left when b instanceof Instant right -> Conversions.inRange(right.plus(left));
      case Duration left when b instanceof Duration right -> inRange(left.plus(right));
      default -> throw noOverload("+", a, b);
    };
  }

  private static Object subtractObjects(Object a, Object b) {
    return switch (a) {
      case Instant left when b instanceof Instant right -> inRange(Duration.between(right, left));
      case Instant left when b instanceof Duration right -> Conversions.inRange(left.minus(right));
      case Duration left when b instanceof Duration right -> inRange(left.minus(right));
      default -> throw noOverload("-", a, b);
    };
  }

  /** Of 64 bits of nanoseconds, which is what CEL asks for. */
  private static Duration inRange(Duration duration) {
    return Duration.ofNanos(Boxing.nanos(duration));
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

  private static void negation(Functions.Registry to) {
    to.put(
        "negate_dyn",
        (compiler, terms) -> {
          ReferenceTerm a = compiler.dynamic(terms.get(0));
          boolean mixing = !compiler.isPure();
          return (ReferenceTerm) frame -> negate(a.value(frame), mixing);
        });
  }

  private static Object negate(Object value, boolean mixing) {
    return switch (value) {
      case Long whole -> Arithmetic.negate(whole);
      case Double number -> -number;
      case Duration duration when mixing -> duration.negated();
      default -> throw noOverload("-", value, value);
    };
  }

  private static long unsigned(String operator, long a, long b) {
    return switch (operator) {
      case "add" -> {
        if (Long.compareUnsigned(a + b, a) < 0) {
          throw Arithmetic.OVERFLOW;
        }
        yield a + b;
      }
      case "subtract" -> {
        if (Long.compareUnsigned(a, b) < 0) {
          throw Arithmetic.OVERFLOW;
        }
        yield a - b;
      }
      case "multiply" -> {
        if (Math.unsignedMultiplyHigh(a, b) != 0) {
          throw Arithmetic.OVERFLOW;
        }
        yield a * b;
      }
      case "divide" -> {
        if (b == 0) {
          throw Arithmetic.BY_ZERO;
        }
        yield Long.divideUnsigned(a, b);
      }
      default -> {
        if (b == 0) {
          throw Arithmetic.MODULO_ZERO;
        }
        yield Long.remainderUnsigned(a, b);
      }
    };
  }
}
