package io.assay.assertion.explain;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;

/** How many bytes values and events take in a stored state; their layout is that of its codec. */
final class StoredBytes {
  /** Variable-length numbers: times by their distance from the newest, and counters. */
  static final int INSTANT = 3;

  static final int SPAN = 2;
  static final int COUNTER = 2;

  /** A hash in hexadecimal, with its length. */
  static final int ID = 33;

  /** Each text is written once, elsewhere it is a number. */
  private static final int NAME = 1;

  /** By its digits: few have more than four. */
  private static final int NUMBER = 2;

  private static final int RECT = 1 + 4 * NUMBER;
  private static final int CUBOID = 1 + 7 * NUMBER;
  private static final int VECTOR_NUMBER = 8;

  private final Load load;

  StoredBytes(Load load) {
    this.load = load;
  }

  /** Where it is written; elsewhere it takes a byte. */
  int text() {
    return 1 + load.text();
  }

  /** An event with its fields. */
  double event(StreamType stream) {
    return eventWithoutFields(stream) + row(stream.root());
  }

  /** Of a long stretch the fields of only some events are kept, denser towards now. */
  double events(StreamType stream, double count) {
    double dense = 64;
    double withFields =
        count <= dense ? count : dense + dense / 2 * Math.log(count / dense) / Math.log(2);
    return count * eventWithoutFields(stream) + withFields * row(stream.root());
  }

  private double eventWithoutFields(StreamType stream) {
    int id = stream.id().isPresent() ? NAME + text() : 0;
    int version = stream.version().isPresent() ? NAME : 0;
    int source = 1;
    return 1 + id + INSTANT + version + source;
  }

  private double row(StructType type) {
    double bytes = Math.ceil(type.fields().size() / 4.0);
    for (StructType.Field field : type.fields()) {
      bytes += field(field.type());
    }
    return bytes;
  }

  private double field(Type type) {
    if (type.isFloating()) {
      return NUMBER;
    }
    if (type == Type.Basic.TIMESTAMP) {
      return INSTANT;
    }
    return type.isPrimitive() ? (type == Type.Basic.BOOL ? 1 : COUNTER) : value(type);
  }

  /** With the tag that tells its type. */
  double value(Type type) {
    return switch (type) {
      case Type.Basic basic ->
          switch (basic) {
            case RECT -> RECT;
            case CUBOID -> CUBOID;
            case STRING, TYPE -> NAME;
            case BYTES, DYN, UNKNOWN -> 1 + text();
            case TIMESTAMP -> 1 + INSTANT;
            case DURATION -> 1 + SPAN;
            case BOOL, NULL -> 1;
            case INT, UINT -> 1 + COUNTER;
            case DOUBLE, RATIO, LENGTH, PIXELS -> 1 + NUMBER;
          };
      case Type.EnumOf ignored -> NAME;
      case Type.ListOf list -> 2 + load.elements() * value(list.element());
      case Type.MapOf map -> 2 + load.elements() * (value(map.key()) + value(map.value()));
      case Type.Vector vector -> 3 + (double) VECTOR_NUMBER * vector.dimension();
      case StructType struct -> 1 + row(struct);
    };
  }
}
