package io.assay.assertion.eval.term;

import io.assay.assertion.event.None;
import io.assay.assertion.event.Row;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Between bits and objects, by type. */
final class Boxing {
  private static final long SECOND = 1_000_000_000L;

  private Boxing() {}

  static Object box(Type type, long bits) {
    if (type.isFloating()) {
      return Double.longBitsToDouble(bits);
    }
    return type == Basic.BOOL ? (Object) (bits != 0) : (Object) bits;
  }

  static boolean truth(Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw unexpected("a bool", value);
  }

  static long whole(Object value) {
    return switch (value) {
      case Long whole -> whole;
      case Instant instant -> nanos(instant);
      case Duration duration -> nanos(duration);
      default -> throw unexpected("an int", value);
    };
  }

  static double number(Object value) {
    return switch (value) {
      case Double number -> number;
      case Long whole -> whole;
      case Unsigned unsigned -> unsigned.toDouble();
      default -> throw unexpected("a number", value);
    };
  }

  static NoValue unexpected(String needed, Object came) {
    return came == None.NULL
        ? NoValue.missing("needed " + needed + ", got null")
        : NoValue.failed("needed " + needed + ", got " + typeName(came));
  }

  /** A value of a static type as one whose type is looked at when it is there. */
  static Object dynamic(Type type, Object value) {
    if (value instanceof Long nanos) {
      if (type == Basic.TIMESTAMP) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
      }
      if (type == Basic.DURATION) {
        return Duration.ofNanos(nanos);
      }
    }
    if (value instanceof List<?> list && holdsTimes(type)) {
      Type element = ((Type.ListOf) type).element();
      return list.stream().map(e -> dynamic(element, Objects.requireNonNull(e))).toList();
    }
    return value;
  }

  /** Whether its lists keep times as nanoseconds. */
  static boolean holdsTimes(Type type) {
    return type instanceof Type.ListOf list
        && (list.element() == Basic.TIMESTAMP
            || list.element() == Basic.DURATION
            || holdsTimes(list.element()));
  }

  static long nanos(Instant instant) {
    try {
      return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), SECOND), instant.getNano());
    } catch (ArithmeticException e) {
      throw NoValue.failed("timestamp out of range: " + instant);
    }
  }

  static long nanos(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException e) {
      throw NoValue.failed("duration out of range: " + duration);
    }
  }

  /** A field's value as an object; {@link None} where it is absent. */
  static Object field(Row row, StructType.Field field) {
    if (row.state(field.index()) != Row.PRESENT) {
      return None.NULL;
    }
    if (field.type().isPrimitive()) {
      return dynamic(field.type(), box(field.type(), row.getLong(field.slot())));
    }
    Object value = row.getReference(field.slot());
    return value == null ? None.NULL : value;
  }

  static String typeName(Object value) {
    return switch (value) {
      case Boolean ignored -> "bool";
      case Long ignored -> "int";
      case Unsigned ignored -> "uint";
      case Double ignored -> "double";
      case String ignored -> "string";
      case java.nio.ByteBuffer ignored -> "bytes";
      case Instant ignored -> "google.protobuf.Timestamp";
      case Duration ignored -> "google.protobuf.Duration";
      case List<?> ignored -> "list";
      case Map<?, ?> ignored -> "map";
      case None ignored -> "null_type";
      case TypeValue ignored -> "type";
      case Row row -> row.type().name();
      case io.assay.assertion.event.Rect ignored -> "rect";
      case io.assay.assertion.event.Cuboid ignored -> "cuboid";
      case double[] ignored -> "vector";
      default -> value.getClass().getSimpleName();
    };
  }

  /** A type as a value: {@code type(1) == int}. */
  record TypeValue(String name) {}
}
