package io.assay.assertion.event;

import java.util.List;

/**
 * A type of the rule language. {@link #isPrimitive()} says whether its values live in the {@code
 * long} slots of a {@link Row} or among its references.
 */
public sealed interface Type
    permits Type.Basic, Type.ListOf, Type.MapOf, Type.EnumOf, Type.Vector, StructType {

  /** The types without parameters. */
  enum Basic implements Type {
    BOOL,
    INT,
    /** CEL's unsigned integer; streams do not declare it. */
    UINT,
    DOUBLE,
    /** A double in 0 .. 1; a value outside raises the schema assertion. */
    RATIO,
    /** A double in metres. */
    LENGTH,
    /** A double in pixels. */
    PIXELS,
    STRING,
    BYTES,
    /** Nanoseconds since the Unix epoch, UTC. */
    TIMESTAMP,
    /** Nanoseconds. */
    DURATION,
    /** {@link Rect}, in pixels. */
    RECT,
    /** {@link Cuboid}, in metres. */
    CUBOID,
    NULL,
    /** CEL's type of types. */
    TYPE,
    /** Known at run time only. */
    DYN,
    /** Of an expression with an error; silences the errors that would only echo it. */
    UNKNOWN;

    @Override
    public boolean isPrimitive() {
      return switch (this) {
        case BOOL, INT, DOUBLE, RATIO, LENGTH, PIXELS, TIMESTAMP, DURATION -> true;
        default -> false;
      };
    }
  }

  /** A list; of rows when the element is a {@link StructType}. */
  record ListOf(Type element) implements Type {}

  /** A map, as CEL has it. */
  record MapOf(Type key, Type value) implements Type {}

  /**
   * One of a few strings; at run time a string.
   *
   * @param values the declared values, in order
   * @param alike groups of values that count as equal for {@code consistent}
   */
  record EnumOf(List<String> values, List<List<String>> alike) implements Type {
    public EnumOf {
      values = List.copyOf(values);
      alike = alike.stream().map(List::copyOf).toList();
      if (values.isEmpty()) {
        throw new IllegalArgumentException("an enum needs one value or more");
      }
    }
  }

  /** A vector of numbers of a fixed dimension; at run time a {@code double[]}. */
  record Vector(int dimension) implements Type {
    public Vector {
      if (dimension < 1) {
        throw new IllegalArgumentException("a vector needs dimension >= 1, got " + dimension);
      }
    }
  }

  /** Whether values are kept as bits of a {@code long}: no boxing on the numeric path. */
  default boolean isPrimitive() {
    return false;
  }

  /** Whether a value is a double at run time, whatever its unit. */
  default boolean isFloating() {
    return this == Basic.DOUBLE
        || this == Basic.RATIO
        || this == Basic.LENGTH
        || this == Basic.PIXELS;
  }
}
