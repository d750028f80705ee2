package io.assay.assertion.eval.term;

import io.assay.assertion.event.Row;
import io.assay.assertion.event.StructType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** CEL's equality and order of boxed values: numbers of different types compare by value. */
final class Equality {
  private Equality() {}

  static boolean equal(Object a, Object b) {
    if (isNumber(a) && isNumber(b)) {
      return !isNaN(a) && !isNaN(b) && compareNumbers(a, b) == 0;
    }
    if (a instanceof List<?> left && b instanceof List<?> right) {
      return equalLists(left, right);
    }
    if (a instanceof Map<?, ?> left && b instanceof Map<?, ?> right) {
      return equalMaps(left, right);
    }
    if (a instanceof double[] left && b instanceof double[] right) {
      return Arrays.equals(left, right);
    }
    if (a instanceof Row left && b instanceof Row right) {
      return equalRows(left, right);
    }
    return a.equals(b);
  }

  private static boolean equalLists(List<?> a, List<?> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!equal(Objects.requireNonNull(a.get(i)), Objects.requireNonNull(b.get(i)))) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalMaps(Map<?, ?> a, Map<?, ?> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (Map.Entry<?, ?> entry : a.entrySet()) {
      @Nullable Object other = find(b, Objects.requireNonNull(entry.getKey()));
      if (other == null || !equal(Objects.requireNonNull(entry.getValue()), other)) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalRows(Row a, Row b) {
    if (!a.type().equals(b.type())) {
      return false;
    }
    for (StructType.Field field : a.type().fields()) {
      if (!equal(Boxing.field(a, field), Boxing.field(b, field))) {
        return false;
      }
    }
    return true;
  }

  /** The value of a key, which may be a number of another type than the map's. */
  static @Nullable Object find(Map<?, ?> map, Object key) {
    @Nullable Object found = map.get(key);
    if (found != null || !isNumber(key)) {
      return found;
    }
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object candidate = Objects.requireNonNull(entry.getKey());
      if (isNumber(candidate) && equal(candidate, key)) {
        return entry.getValue();
      }
    }
    return null;
  }

  static boolean isNumber(Object value) {
    return value instanceof Long || value instanceof Double || value instanceof Unsigned;
  }

  private static boolean isNaN(Object value) {
    return value instanceof Double number && Double.isNaN(number);
  }

  /** Negative, zero or positive; never asked of NaN. */
  static int compareNumbers(Object a, Object b) {
    if (a instanceof Long left && b instanceof Long right) {
      return Long.compare(left, right);
    }
    if (a instanceof Double left && b instanceof Double right) {
      return compare((double) left, (double) right);
    }
    if (a instanceof Unsigned left && b instanceof Unsigned right) {
      return left.compareTo(right);
    }
    if (a instanceof Double left) {
      return -compareNumbers(b, left);
    }
    if (b instanceof Double right) {
      return compareWhole(a, right);
    }
    boolean leftUnsigned = a instanceof Unsigned;
    long signed = (Long) (leftUnsigned ? b : a);
    Unsigned unsigned = (Unsigned) (leftUnsigned ? a : b);
    int order = signed < 0 ? -1 : Long.compareUnsigned(signed, unsigned.bits());
    return leftUnsigned ? -order : order;
  }

  static int compareWhole(Object whole, double number) {
    return whole instanceof Unsigned unsigned
        ? compare(unsigned.toDouble(), number)
        : compare((long) (Long) whole, number);
  }

  /** As CEL has it: by the double nearest to the whole number, so not every two are told apart. */
  static int compare(long whole, double number) {
    return compare((double) whole, number);
  }

  private static int compare(double a, double b) {
    return a < b ? -1 : a > b ? 1 : 0;
  }

  /** The order of two values of one type; fails for types that have none. */
  static int order(Object a, Object b) {
    if (isNumber(a) && isNumber(b)) {
      return compareNumbers(a, b);
    }
    return switch (a) {
      case String left when b instanceof String right -> compareText(left, right);
      case Boolean left when b instanceof Boolean right -> Boolean.compare(left, right);
      case java.nio.ByteBuffer left when b instanceof java.nio.ByteBuffer right ->
          compareBytes(left, right);
      case java.time.Instant left when b instanceof java.time.Instant right ->
          left.compareTo(right);
      case java.time.Duration left when b instanceof java.time.Duration right ->
          left.compareTo(right);
      default ->
          throw NoValue.failed(
              "no order between " + Boxing.typeName(a) + " and " + Boxing.typeName(b));
    };
  }

  static boolean isUnordered(Object a, Object b) {
    return (isNaN(a) && isNumber(b)) || (isNaN(b) && isNumber(a));
  }

  /** By code point, as CEL has it. */
  static int compareText(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char left = a.charAt(i);
      char right = b.charAt(i);
      if (left != right) {
        boolean bothPlain = !Character.isSurrogate(left) && !Character.isSurrogate(right);
        return bothPlain
            ? Character.compare(left, right)
            : Integer.compare(a.codePointAt(i), b.codePointAt(i));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  static int compareBytes(java.nio.ByteBuffer a, java.nio.ByteBuffer b) {
    int length = Math.min(a.remaining(), b.remaining());
    for (int i = 0; i < length; i++) {
      int order = Byte.compareUnsigned(a.get(a.position() + i), b.get(b.position() + i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.remaining(), b.remaining());
  }
}
