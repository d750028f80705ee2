package io.assay.assertion.rule;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What names and functions that other languages have are called in this one. */
final class ForeignNames {
  private static final Map<String, String> VALUES =
      Map.of(
          "True", "true",
          "TRUE", "true",
          "False", "false",
          "FALSE", "false",
          "None", "null",
          "nil", "null",
          "NULL", "null",
          "undefined", "null");

  private static final Map<String, String> FUNCTIONS =
      Map.ofEntries(
          Map.entry("len", "did you mean 'size'?"),
          Map.entry("length", "did you mean 'size'?"),
          Map.entry("count", "did you mean 'size'?"),
          Map.entry("avg", "did you mean 'mean'?"),
          Map.entry("average", "did you mean 'mean'?"),
          Map.entry("float", "did you mean 'double'?"),
          Map.entry("str", "did you mean 'string'?"),
          Map.entry("toString", "did you mean 'string'?"),
          Map.entry("any", "did you mean 'exists'?"),
          Map.entry("some", "did you mean 'exists'?"),
          Map.entry("every", "did you mean 'all'?"),
          Map.entry("not", "'not' is written '!'"),
          Map.entry("last", "'last' stands in baseline(last …) only"),
          Map.entry("now", "an event's own time is 'at'"),
          Map.entry("isNull", "as in: x == null"),
          Map.entry("is_null", "as in: x == null"),
          Map.entry("isnull", "as in: x == null"));

  private ForeignNames() {}

  static Optional<String> function(String name) {
    return Optional.ofNullable(FUNCTIONS.get(name))
        .or(() -> Optional.ofNullable(FUNCTIONS.get(name.toLowerCase(Locale.ROOT))));
  }

  /** For a name that is known nowhere. */
  static Optional<String> value(String name, Scope scope) {
    if (VALUES.containsKey(name)) {
      return Optional.of("did you mean '%s'?".formatted(VALUES.get(name)));
    }
    if (TypeNames.ALL.contains(name)) {
      return Optional.of("a type is no value; one is made by %s(…)".formatted(name));
    }
    return scope.stream()
        .filter(stream -> hasValue(stream.type().root(), name))
        .map(ignored -> "write it in quotes: \"%s\"".formatted(name));
  }

  /** Whether some enum of the stream has a value of this name. */
  private static boolean hasValue(Type type, String name) {
    return switch (type) {
      case StructType struct ->
          struct.fields().stream().anyMatch(field -> hasValue(field.type(), name));
      case Type.ListOf list -> hasValue(list.element(), name);
      case Type.MapOf map -> hasValue(map.value(), name);
      case Type.EnumOf values -> values.values().contains(name);
      case Type.Vector ignored -> false;
      case Type.Basic ignored -> false;
    };
  }
}
