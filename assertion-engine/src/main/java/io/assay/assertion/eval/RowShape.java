package io.assay.assertion.eval;

import io.assay.assertion.event.None;
import io.assay.assertion.event.Row;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of stored rows, in the order of their values, and which fields of the stream they are
 * by now. So rows are read though the stream has other fields since: one that is new is absent, one
 * that is gone is passed over. A field is the same where its name, its type and its place in the
 * payload are.
 */
final class RowShape {
  /** How a value is written, which must be known to pass over it. */
  private static final int FLOATING = 0;

  private static final int TIME = 1;
  private static final int WHOLE = 2;

  /** Tells itself what it is. */
  private static final int TAGGED = 3;

  /** Tells itself what it is, and has rows within. */
  private static final int WITH_ROWS = 4;

  /** Of rows within a field that is gone. */
  private static final RowShape GONE = new RowShape(new StructType("", List.of()), new Stored[0]);

  private final StructType type;
  private final Stored[] fields;

  /**
   * @param form how values are written
   * @param mark a hash of what the field is, or was
   * @param now null where it is gone
   * @param rows of what is within; null where no rows are
   */
  private record Stored(
      int form, long mark, StructType.@Nullable Field now, @Nullable RowShape rows) {}

  private RowShape(StructType type, Stored[] fields) {
    this.type = type;
    this.fields = fields;
  }

  /** Of rows as they are now. */
  static RowShape of(StructType type) {
    Stored[] fields = new Stored[type.fields().size()];
    for (StructType.Field field : type.fields()) {
      StructType within = rowsIn(field.type());
      fields[field.index()] =
          new Stored(form(field.type()), mark(field), field, within == null ? null : of(within));
    }
    return new RowShape(type, fields);
  }

  private static @Nullable StructType rowsIn(Type type) {
    return switch (type) {
      case StructType struct -> struct;
      case Type.ListOf list -> rowsIn(list.element());
      case Type.MapOf map -> rowsIn(map.value());
      case Type.Basic ignored -> null;
      case Type.EnumOf ignored -> null;
      case Type.Vector ignored -> null;
    };
  }

  private static int form(Type type) {
    if (type.isFloating()) {
      return FLOATING;
    }
    if (type == Type.Basic.TIMESTAMP) {
      return TIME;
    }
    if (type.isPrimitive()) {
      return WHOLE;
    }
    return rowsIn(type) == null ? TAGGED : WITH_ROWS;
  }

  private static long mark(StructType.Field field) {
    StructType.Source source = field.source();
    return Hashes.shortOf(field.name(), text(field.type()), source.text(), source.reading().name());
  }

  /** The fields of rows within are told apart by themselves. */
  private static String text(Type type) {
    return switch (type) {
      case Type.Basic basic -> basic.name();
      case Type.EnumOf texts -> "enum " + texts.values();
      case Type.Vector vector -> "vector " + vector.dimension();
      case Type.ListOf list -> "list of " + text(list.element());
      case Type.MapOf map -> "map of " + text(map.key()) + " to " + text(map.value());
      case StructType ignored -> "row";
    };
  }

  /** What is to be known of rows of this shape, whatever fields there are when they are read. */
  void write(StateWriter out) {
    out.writeUnsigned(fields.length);
    for (Stored field : fields) {
      out.writeByte(field.form());
      out.writeFixed(field.mark());
      if (field.rows() != null) {
        field.rows().write(out);
      }
    }
  }

  /** Of rows that were written by the shape told here, as rows of this one's type. */
  RowShape read(StateReader in) {
    Stored[] told = new Stored[in.readCount()];
    for (int i = 0; i < told.length; i++) {
      told[i] = readField(in);
    }
    return new RowShape(type, told);
  }

  private Stored readField(StateReader in) {
    int form = in.readByte();
    if (form < FLOATING || form > WITH_ROWS) {
      throw in.broken("a known form of value, not " + form + ",");
    }
    long mark = in.readFixed();
    Stored known = null;
    for (Stored field : fields) {
      known = field.mark() == mark && field.form() == form ? field : known;
    }
    RowShape rows = known == null || known.rows() == null ? GONE : known.rows();
    return new Stored(
        form, mark, known == null ? null : known.now(), form == WITH_ROWS ? rows.read(in) : null);
  }

  Row readRow(StateReader in) {
    Row row = new Row(type);
    byte[] states = in.isCompact() ? readStates(in) : new byte[0];
    for (int i = 0; i < fields.length; i++) {
      int state = in.isCompact() ? states[i] : in.readByte();
      if (state == Row.ABSENT) {
        continue;
      }
      if (state != Row.PRESENT && state != Row.INVALID) {
        throw in.broken("the state of field " + i + " of '" + type.name() + "'");
      }
      readValue(row, fields[i], in);
      if (fields[i].now() != null) {
        // what is not as declared is kept as evidence only
        row.mark(fields[i].now(), (byte) state);
      }
    }
    return row;
  }

  private byte[] readStates(StateReader in) {
    byte[] states = new byte[fields.length];
    int packed = 0;
    for (int i = 0; i < states.length; i++) {
      packed = i % 4 == 0 ? in.readByte() : packed >> 2;
      states[i] = (byte) (packed & 3);
    }
    return states;
  }

  private static void readValue(Row row, Stored stored, StateReader in) {
    StructType.Field field = stored.now();
    switch (stored.form()) {
      case FLOATING -> {
        double value = in.readNumber();
        if (field != null) {
          row.setDouble(field, value);
        }
      }
      case TIME, WHOLE -> {
        long value = stored.form() == TIME ? in.readTime() : in.readLong();
        if (field != null) {
          row.setLong(field, value);
        }
      }
      default -> {
        Object value = ValueCodec.read(stored.rows(), in);
        if (field != null && value != None.NULL) {
          row.setReference(field, value);
        }
      }
    }
  }
}
