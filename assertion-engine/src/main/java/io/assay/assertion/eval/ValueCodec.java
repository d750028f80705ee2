package io.assay.assertion.eval;

import io.assay.assertion.event.Cuboid;
import io.assay.assertion.event.None;
import io.assay.assertion.event.Rect;
import io.assay.assertion.event.Row;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values and rows as bytes of a state. */
final class ValueCodec {
  private static final int NONE = 0;
  private static final int FALSE = 1;
  private static final int TRUE = 2;
  private static final int LONG = 3;
  private static final int DOUBLE = 4;
  private static final int TEXT = 5;
  private static final int RECT = 6;
  private static final int CUBOID = 7;
  private static final int VECTOR = 8;
  private static final int BYTES = 9;
  private static final int LIST = 10;
  private static final int MAP = 11;
  private static final int ROW = 12;

  private ValueCodec() {}

  static void writeRow(Row row, StateWriter out) {
    for (StructType.Field field : row.type().fields()) {
      byte state = row.state(field.index());
      out.writeByte(state);
      if (state == Row.ABSENT) {
        continue;
      }
      Type type = field.type();
      if (type.isFloating()) {
        out.writeDouble(row.getDouble(field.slot()));
      } else if (type.isPrimitive()) {
        out.writeLong(row.getLong(field.slot()));
      } else {
        Object value = row.getReference(field.slot());
        write(value == null ? None.NULL : value, out);
      }
    }
  }

  static Row readRow(StructType type, StateReader in) {
    Row row = new Row(type);
    for (StructType.Field field : type.fields()) {
      int state = in.readByte();
      if (state == Row.ABSENT) {
        continue;
      }
      if (state != Row.PRESENT && state != Row.INVALID) {
        throw in.broken("the state of field '" + field.name() + "'");
      }
      if (field.type().isFloating()) {
        row.setDouble(field, in.readDouble());
      } else if (field.type().isPrimitive()) {
        row.setLong(field, in.readLong());
      } else {
        readReference(row, field, in);
      }
      // what is not as declared is kept as evidence only
      row.mark(field, (byte) state);
    }
    return row;
  }

  private static void readReference(Row row, StructType.Field field, StateReader in) {
    Object value = read(field.type(), in);
    if (value != None.NULL) {
      row.setReference(field, value);
    }
  }

  static void write(Object value, StateWriter out) {
    switch (value) {
      case Boolean truth -> out.writeByte(truth ? TRUE : FALSE);
      case Long number -> {
        out.writeByte(LONG);
        out.writeLong(number);
      }
      case Double number -> {
        out.writeByte(DOUBLE);
        out.writeDouble(number);
      }
      case String text -> {
        out.writeByte(TEXT);
        out.writeText(text);
      }
      case Rect r -> doubles(RECT, out, r.x(), r.y(), r.width(), r.height());
      case Cuboid c ->
          doubles(CUBOID, out, c.x(), c.y(), c.z(), c.height(), c.width(), c.length(), c.yaw());
      case double[] vector -> {
        out.writeByte(VECTOR);
        out.writeUnsigned(vector.length);
        for (double number : vector) {
          out.writeDouble(number);
        }
      }
      case ByteBuffer buffer -> {
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        out.writeByte(BYTES);
        out.writeBytes(copy);
      }
      case List<?> list -> {
        out.writeByte(LIST);
        out.writeUnsigned(list.size());
        list.forEach(element -> write(element, out));
      }
      case Map<?, ?> map -> {
        out.writeByte(MAP);
        out.writeUnsigned(map.size());
        map.forEach(
            (key, element) -> {
              write(key, out);
              write(element, out);
            });
      }
      case Row row -> {
        out.writeByte(ROW);
        writeRow(row, out);
      }
      case None ignored -> out.writeByte(NONE);
      default ->
          throw new IllegalArgumentException(
              "a state holds no values of " + value.getClass().getName());
    }
  }

  private static void doubles(int tag, StateWriter out, double... numbers) {
    out.writeByte(tag);
    for (double number : numbers) {
      out.writeDouble(number);
    }
  }

  /**
   * @param type as declared; tells the fields of rows
   */
  static Object read(Type type, StateReader in) {
    int tag = in.readByte();
    return switch (tag) {
      case NONE -> None.NULL;
      case FALSE -> false;
      case TRUE -> true;
      case LONG -> in.readLong();
      case DOUBLE -> in.readDouble();
      case TEXT -> in.readText();
      case RECT -> new Rect(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
      case CUBOID ->
          new Cuboid(
              in.readDouble(),
              in.readDouble(),
              in.readDouble(),
              in.readDouble(),
              in.readDouble(),
              in.readDouble(),
              in.readDouble());
      case VECTOR -> vector(in);
      case BYTES -> ByteBuffer.wrap(in.readBytes()).asReadOnlyBuffer();
      case LIST -> list(type, in);
      case MAP -> map(type, in);
      case ROW -> {
        if (type instanceof StructType struct) {
          yield readRow(struct, in);
        }
        throw in.broken("a value of " + type + ", not a row,");
      }
      default -> throw in.broken("a known kind of value, not " + tag + ",");
    };
  }

  private static double[] vector(StateReader in) {
    double[] numbers = new double[in.readCount()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.readDouble();
    }
    return numbers;
  }

  private static List<Object> list(Type type, StateReader in) {
    Type element = type instanceof Type.ListOf list ? list.element() : Type.Basic.DYN;
    int count = in.readCount();
    List<Object> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(read(element, in));
    }
    return Collections.unmodifiableList(values);
  }

  private static Map<Object, Object> map(Type type, StateReader in) {
    Type element = type instanceof Type.MapOf map ? map.value() : Type.Basic.DYN;
    int count = in.readCount();
    Map<Object, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      values.put(read(Type.Basic.DYN, in), read(element, in));
    }
    return Collections.unmodifiableMap(values);
  }
}
