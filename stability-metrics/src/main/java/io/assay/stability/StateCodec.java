package io.assay.stability;

import io.assay.stability.linalg.Matrix;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Parts of a running comparison as bytes, big-endian. Numbers that are floats, as vectors on a
 * topic are, take four bytes; sums take eight.
 */
final class StateCodec {
  /** Of the bytes: a reader knows all before its own. */
  static final byte VERSION = 1;

  private static final int MOST_PARTS = 4;

  private StateCodec() {}

  /** Writes what may fail only where it is written to, which an array does not. */
  interface Writing {
    void to(DataOutput out) throws IOException;
  }

  interface Reading<T> {
    T from(DataInput in) throws IOException;
  }

  static byte[] bytes(Writing writing) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      writing.to(out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  static <T> T read(byte[] bytes, Reading<T> reading) {
    var in = new DataInputStream(new ByteArrayInputStream(bytes));
    try {
      T read = reading.from(in);
      if (in.available() > 0) {
        throw broken("%d bytes are left over".formatted(in.available()), bytes);
      }
      return read;
    } catch (IOException | IllegalArgumentException cut) {
      throw broken(cut.getMessage() == null ? "they end too early" : cut.getMessage(), bytes);
    }
  }

  private static IllegalArgumentException broken(String why, byte[] bytes) {
    return new IllegalArgumentException(
        "a comparison cannot be read from %d bytes: %s".formatted(bytes.length, why));
  }

  static void version(DataInput in) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "version %d is needed, got %d".formatted(VERSION, version));
    }
  }

  static void shape(PairShape shape, DataOutput out) throws IOException {
    out.writeByte(shape.widths().size());
    for (int width : shape.widths()) {
      out.writeInt(width);
    }
    out.writeBoolean(shape.displacement());
    out.writeInt(shape.sample());
  }

  static PairShape shape(DataInput in) throws IOException {
    int parts = in.readByte();
    if (parts != 2 && parts != MOST_PARTS) {
      throw new IllegalArgumentException("2 or 4 parts are needed, got " + parts);
    }
    List<Integer> widths = new ArrayList<>();
    for (int p = 0; p < parts; p++) {
      widths.add(in.readInt());
    }
    return new PairShape(
        widths.get(0), widths.get(1), widths.subList(2, parts), in.readBoolean(), in.readInt());
  }

  static void matrix(Matrix matrix, DataOutput out) throws IOException {
    out.writeInt(matrix.rows());
    out.writeInt(matrix.columns());
    rows(matrix, false, out);
  }

  static Matrix matrix(DataInput in) throws IOException {
    Matrix matrix = Matrix.of(in.readInt(), in.readInt());
    rows(matrix, false, in);
    return matrix;
  }

  /** A square matrix of which only the upper triangle says something. */
  static void upper(Matrix matrix, DataOutput out) throws IOException {
    rows(matrix, true, out);
  }

  static Matrix upper(int width, DataInput in) throws IOException {
    Matrix matrix = Matrix.of(width, width);
    rows(matrix, true, in);
    return matrix;
  }

  private static void rows(Matrix matrix, boolean upper, DataOutput out) throws IOException {
    double[] row = new double[matrix.columns()];
    for (int i = 0; i < matrix.rows(); i++) {
      matrix.copyRow(i, row);
      for (int j = upper ? i : 0; j < row.length; j++) {
        out.writeDouble(row[j]);
      }
    }
  }

  private static void rows(Matrix matrix, boolean upper, DataInput in) throws IOException {
    double[] row = new double[matrix.columns()];
    for (int i = 0; i < matrix.rows(); i++) {
      for (int j = upper ? i : 0; j < row.length; j++) {
        row[j] = in.readDouble();
      }
      matrix.setRow(i, row);
    }
  }

  static void row(PairRow row, DataOutput out) throws IOException {
    byte[] item = row.item().getBytes(StandardCharsets.UTF_8);
    out.writeInt(item.length);
    out.write(item);
    for (double[] part : row.parts()) {
      vector(part, out);
    }
  }

  static PairRow row(PairShape shape, DataInput in) throws IOException {
    byte[] item = new byte[in.readInt()];
    in.readFully(item);
    List<double[]> parts = new ArrayList<>();
    for (int width : shape.widths()) {
      parts.add(vector(width, in));
    }
    return PairRow.of(
        new String(item, StandardCharsets.UTF_8),
        parts.get(0),
        parts.get(1),
        parts.subList(2, parts.size()).toArray(double[][]::new));
  }

  private static void vector(double[] values, DataOutput out) throws IOException {
    boolean floats = true;
    for (double value : values) {
      floats &= value == (float) value;
    }
    out.writeBoolean(floats);
    for (double value : values) {
      if (floats) {
        out.writeFloat((float) value);
      } else {
        out.writeDouble(value);
      }
    }
  }

  private static double[] vector(int width, DataInput in) throws IOException {
    boolean floats = in.readBoolean();
    double[] values = new double[width];
    for (int i = 0; i < width; i++) {
      values[i] = floats ? in.readFloat() : in.readDouble();
    }
    return values;
  }
}
