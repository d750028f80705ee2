package io.assay.assertion.rule;

import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names of types: those that a stream may declare, and CEL's, which are values too. */
final class TypeNames {
  static final List<String> ALL =
      List.of(
          "bool",
          "int",
          "uint",
          "double",
          "string",
          "bytes",
          "ratio",
          "rect",
          "cuboid",
          "duration",
          "dyn",
          "timestamp",
          "length",
          "enum",
          "vector",
          "list",
          "map");

  private static final Set<String> VALUES =
      Set.of(
          "bool",
          "int",
          "uint",
          "double",
          "string",
          "bytes",
          "list",
          "map",
          "null_type",
          "type",
          "google.protobuf.Timestamp",
          "google.protobuf.Duration");

  /** What other languages call them. */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("float", "double"),
          Map.entry("float32", "double"),
          Map.entry("float64", "double"),
          Map.entry("number", "double"),
          Map.entry("decimal", "double"),
          Map.entry("real", "double"),
          Map.entry("integer", "int"),
          Map.entry("int32", "int"),
          Map.entry("int64", "int"),
          Map.entry("long", "int"),
          Map.entry("boolean", "bool"),
          Map.entry("str", "string"),
          Map.entry("text", "string"),
          Map.entry("char", "string"),
          Map.entry("varchar", "string"),
          Map.entry("datetime", "timestamp"),
          Map.entry("date", "timestamp"),
          Map.entry("time", "timestamp"),
          Map.entry("array", "list"),
          Map.entry("dict", "map"),
          Map.entry("any", "dyn"),
          Map.entry("json", "dyn"),
          Map.entry("box", "rect"),
          Map.entry("bbox", "rect"),
          Map.entry("percent", "ratio"),
          Map.entry("probability", "ratio"));

  private static final Set<String> OPTIONAL = Set.of("optional", "Optional", "nullable");

  private TypeNames() {}

  /** A type as a value, as in {@code type(x) == int}. */
  static Optional<Term> value(String name, Span span) {
    return VALUES.contains(name)
        ? Optional.of(new Term.Constant(name, Basic.TYPE, span))
        : Optional.empty();
  }

  /** What other languages write before a type whose values may be missing. */
  static boolean isOptional(String written) {
    return OPTIONAL.contains(written);
  }

  static Issue unknown(String written, Span span) {
    return unknown(written, span, "");
  }

  /** {@code field}: whose type it is; types are its name where the two were exchanged. */
  static Issue unknown(String written, Span span, String field) {
    if (ALL.contains(field)) {
      return new Issue(
          IssueCode.UNKNOWN_TYPE,
          span,
          "unknown type '%s'".formatted(written),
          Optional.of("the name stands first: %s %s".formatted(written, field)));
    }
    Optional<String> elsewhere =
        Optional.ofNullable(ELSEWHERE.get(written.toLowerCase(Locale.ROOT)));
    String suggestion =
        isOptional(written)
            ? "a field that may be missing has '?' behind its type: string?"
            : written.equals("object") || written.equals("struct") || written.equals("record")
                ? "a record is written with its fields: { x double  y double }"
                : elsewhere
                    .map("did you mean '%s'?"::formatted)
                    .or(() -> Suggestions.didYouMean(written, ALL))
                    .orElse("types are " + String.join(", ", ALL));
    return new Issue(
        IssueCode.UNKNOWN_TYPE,
        span,
        "unknown type '%s'".formatted(written),
        Optional.of(suggestion));
  }
}
