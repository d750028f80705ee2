package io.assay.assertion.rule;

import java.util.List;

/** The names of the types that a stream may declare. */
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

  private TypeNames() {}
}
