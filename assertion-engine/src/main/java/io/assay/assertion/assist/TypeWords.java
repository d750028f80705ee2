package io.assay.assertion.assist;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import java.util.Locale;
import java.util.stream.Collectors;

/** A type and its unit as an editor shows them. */
final class TypeWords {
  private TypeWords() {}

  static String of(Type type) {
    return switch (type) {
      case Type.Basic basic -> of(basic);
      case Type.ListOf list -> "list of " + of(list.element());
      case Type.MapOf map -> "map of " + of(map.key()) + " to " + of(map.value());
      case Type.EnumOf one ->
          one.values().stream()
              .map(v -> '"' + v + '"')
              .collect(Collectors.joining(", ", "enum(", ")"));
      case Type.Vector vector -> "vector of " + vector.dimension() + " numbers";
      case StructType struct ->
          struct.fields().stream()
              .map(StructType.Field::name)
              .filter(name -> !name.startsWith("$"))
              .collect(Collectors.joining(", ", "{ ", " }"));
    };
  }

  private static String of(Type.Basic type) {
    return switch (type) {
      case RATIO -> "ratio, 0 to 1";
      case LENGTH -> "length, in metres";
      case PIXELS -> "length, in pixels";
      case TIMESTAMP -> "timestamp, UTC";
      case RECT -> "rect, in pixels";
      case CUBOID -> "cuboid, in metres";
      case DYN, UNKNOWN -> "any value";
      case BOOL, INT, UINT, DOUBLE, STRING, BYTES, DURATION, NULL, TYPE ->
          type.name().toLowerCase(Locale.ROOT);
    };
  }
}
