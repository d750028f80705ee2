package io.assay.assertion.rule;

import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
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

  private TypeNames() {}

  /** A type as a value, as in {@code type(x) == int}. */
  static Optional<Term> value(String name, Span span) {
    return VALUES.contains(name)
        ? Optional.of(new Term.Constant(name, Basic.TYPE, span))
        : Optional.empty();
  }
}
