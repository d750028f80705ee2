package io.assay.web.imputation;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.imputation.AimNet;
import io.assay.stream.imputation.ImputedStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A field of a record that a person types in.
 *
 * @param kind which of {@code imputation.kind.*} says what is typed
 * @param values that are known, the commonest first where that is known; empty where any may be
 */
record TriedField(String name, Kind kind, List<String> values) {
  private static final int MOST_VALUES = 50;

  /** What is typed, and by which field of a form. */
  enum Kind {
    NUMBER,
    WHOLE,
    SHARE,
    TRUTH,
    CHOICE,
    TEXT,
    TIME,
    DURATION
  }

  TriedField {
    values = List.copyOf(values);
  }

  /** Those of a stream's group; {@code imputer}: the one in force, which knows texts by now. */
  static List<TriedField> of(ImputedStream stream, Optional<AimNet> imputer) {
    List<TriedField> all = new ArrayList<>();
    for (StructType.Field field : stream.fields().fields()) {
      all.add(of(field, imputer));
    }
    return all;
  }

  private static TriedField of(StructType.Field field, Optional<AimNet> imputer) {
    return switch (field.type()) {
      case Type.EnumOf(var values, var ignored) ->
          new TriedField(field.name(), Kind.CHOICE, values);
      case Type.Basic basic -> new TriedField(field.name(), kind(basic), known(field, imputer));
      case Type.ListOf ignored -> new TriedField(field.name(), Kind.TEXT, List.of());
      case Type.MapOf ignored -> new TriedField(field.name(), Kind.TEXT, List.of());
      case Type.Vector ignored -> new TriedField(field.name(), Kind.TEXT, List.of());
      case StructType ignored -> new TriedField(field.name(), Kind.TEXT, List.of());
    };
  }

  private static Kind kind(Type.Basic type) {
    return switch (type) {
      case BOOL -> Kind.TRUTH;
      case INT, UINT -> Kind.WHOLE;
      case RATIO -> Kind.SHARE;
      case DOUBLE, LENGTH, PIXELS -> Kind.NUMBER;
      case TIMESTAMP -> Kind.TIME;
      case DURATION -> Kind.DURATION;
      case STRING, BYTES, RECT, CUBOID, NULL, TYPE, DYN, UNKNOWN -> Kind.TEXT;
    };
  }

  /** What somebody's private field held is nobody's to choose from. */
  private static List<String> known(StructType.Field field, Optional<AimNet> imputer) {
    if (field.hidden() || field.type() != Type.Basic.STRING) {
      return List.of();
    }
    return imputer.stream()
        .flatMap(
            net ->
                net.schema().columns().stream()
                    .filter(column -> column.name().equals(field.name()))
                    .flatMap(column -> net.knownValues(column).stream()))
        .limit(MOST_VALUES)
        .toList();
  }
}
