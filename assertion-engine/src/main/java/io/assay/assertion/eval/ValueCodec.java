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
import org.jspecify.annotations.Nullable;

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

  /** Of a compact state: from here on the tag is the number of a text, the last says it follows. */
  private static final int NAME = 16;

  private static final int FAR_NAME = 255;

  private ValueCodec() {}

  static void writeRow(Row row, StateWriter out) {
    if (out.isCompact()) {
      writeStates(row, out);
    }
    for (StructType.Field field : row.type().fields()) {
      byte state = row.state(field.index());
      if (!out.isCompact()) {
        out.writeByte(state);
      }
      if (state == Row.ABSENT) {
        continue;
      }
      Type type = field.type();
      if (type.isFloating()) {
        out.writeNumber(row.getDouble(field.slot()));
      } else if (type == Type.Basic.TIMESTAMP) {
        out.writeTime(row.getLong(field.slot()));
      } else if (type.isPrimitive()) {
        out.writeLong(row.getLong(field.slot()));
      } else {
        Object value = row.getReference(field.slot());
        write(value == null ? None.NULL : value, out);
      }
    }
  }

  /** Two bits for each field. */
  private static void writeStates(Row row, StateWriter out) {
    int packed = 0;
    int fields = row.type().fields().size();
    for (int i = 0; i < fields; i++) {
      packed |= row.state(i) << (i % 4 * 2);
      if (i % 4 == 3 || i == fields - 1) {
        out.writeByte(packed);
        packed = 0;
      }
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
        out.writeNumber(number);
      }
      case String text -> writeText(text, out);
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

  private static void writeText(String text, StateWriter out) {
    if (!out.isCompact()) {
      out.writeByte(TEXT);
      out.writeText(text);
      return;
    }
    int number = out.numberOf(text);
    out.writeByte(Math.min(NAME + number, FAR_NAME));
    if (NAME + number >= FAR_NAME) {
      out.writeUnsigned(number);
    }
  }

  private static void doubles(int tag, StateWriter out, double... numbers) {
    out.writeByte(tag);
    for (double number : numbers) {
      out.writeNumber(number);
    }
  }

  /** A value that is no row and has none within. */
  static Object read(StateReader in) {
    return read(null, in);
  }

  /**
   * @param rows of what is within; null where no rows are
   */
  static Object read(@Nullable RowShape rows, StateReader in) {
    int tag = in.readByte() & 0xFF;
    if (in.isCompact() && tag >= NAME) {
      return in.text(tag < FAR_NAME ? tag - NAME : in.readUnsigned());
    }
    return switch (tag) {
      case NONE -> None.NULL;
      case FALSE -> false;
      case TRUE -> true;
      case LONG -> in.readLong();
      case DOUBLE -> in.readNumber();
      case TEXT -> in.readText();
      case RECT -> new Rect(in.readNumber(), in.readNumber(), in.readNumber(), in.readNumber());
      case CUBOID ->
          new Cuboid(
              in.readNumber(),
              in.readNumber(),
              in.readNumber(),
              in.readNumber(),
              in.readNumber(),
              in.readNumber(),
              in.readNumber());
      case VECTOR -> vector(in);
      case BYTES -> ByteBuffer.wrap(in.readBytes()).asReadOnlyBuffer();
      case LIST -> list(rows, in);
      case MAP -> map(rows, in);
      case ROW -> {
        if (rows == null) {
          throw in.broken("a value that is no row");
        }
        yield rows.readRow(in);
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

  private static List<Object> list(@Nullable RowShape rows, StateReader in) {
    int count = in.readCount();
    List<Object> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(read(rows, in));
    }
    return Collections.unmodifiableList(values);
  }

  private static Map<Object, Object> map(@Nullable RowShape rows, StateReader in) {
    int count = in.readCount();
    Map<Object, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      values.put(read(in), read(rows, in));
    }
    return Collections.unmodifiableMap(values);
  }
}
