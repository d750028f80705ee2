package io.assay.stability.file;

import io.assay.stability.Embedding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NumPy's array file, versions 1 to 3: two dimensions, floats of 2 to 8 bytes or integers, either
 * byte order, by rows or by columns.
 */
final class NumpyFile {
  private static final int LONGEST_HEADER = 1 << 16;
  private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([<>|=])([fiu])([1248])'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([^)]*)\\)");

  private NumpyFile() {}

  static Embedding read(InputStream in) throws IOException {
    String header = header(in);
    Matcher type = find(TYPE, header, "numbers (f2, f4, f8, i1 to i8, u1 to u4)");
    boolean byColumns = find(ORDER, header, "an order").group(1).equals("True");
    String[] shape = find(SHAPE, header, "a shape").group(1).split(",");
    if (shape.length != 2) {
      throw new BadEmbeddingException(
          "an embedding needs two dimensions, got shape (%s)".formatted(String.join(",", shape)));
    }
    int rows = size(shape[0]);
    int columns = size(shape[1]);
    int width = Integer.parseInt(type.group(3));
    ByteOrder order = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    var cells = new Cells(in, width, order, number(type.group(2) + width));
    Embedding read = byColumns ? byColumns(cells, rows, columns) : byRows(cells, rows, columns);
    if (in.read() >= 0) {
      throw new BadEmbeddingException(
          "%d x %d numbers need to be the end of the file, got more".formatted(rows, columns));
    }
    return read;
  }

  private static String header(InputStream in) throws IOException {
    byte[] start = in.readNBytes(8);
    if (start.length < 8
        || (start[0] & 0xff) != 0x93
        || !new String(start, 1, 5, StandardCharsets.US_ASCII).equals("NUMPY")) {
      throw new BadEmbeddingException("a .npy file needs to begin with \\x93NUMPY");
    }
    int length = start[6] == 1 ? 2 : 4;
    byte[] size = in.readNBytes(length);
    if (start[6] < 1 || start[6] > 3 || size.length < length) {
      throw new BadEmbeddingException("a .npy file needs version 1 to 3, got " + start[6]);
    }
    long bytes = 0;
    for (int i = length - 1; i >= 0; i--) {
      bytes = bytes << 8 | (size[i] & 0xff);
    }
    if (bytes > LONGEST_HEADER) {
      throw new BadEmbeddingException(
          "a header needs at most %d bytes, got %d".formatted(LONGEST_HEADER, bytes));
    }
    byte[] header = in.readNBytes((int) bytes);
    if (header.length < bytes) {
      throw new BadEmbeddingException("the file ends within its header");
    }
    return new String(header, StandardCharsets.UTF_8);
  }

  private static Matcher find(Pattern pattern, String header, String needed) {
    Matcher found = pattern.matcher(header);
    if (!found.find()) {
      throw new BadEmbeddingException(
          "the array needs %s, got %s".formatted(needed, header.strip()));
    }
    return found;
  }

  private static int size(String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new BadEmbeddingException(
          "a dimension needs to be 0 to %d, got '%s'".formatted(Integer.MAX_VALUE, text.strip()));
    }
  }

  private static ToDoubleFunction<ByteBuffer> number(String type) {
    return switch (type) {
      case "f2" -> bytes -> Float.float16ToFloat(bytes.getShort());
      case "f4" -> ByteBuffer::getFloat;
      case "f8" -> ByteBuffer::getDouble;
      case "i1" -> ByteBuffer::get;
      case "u1" -> bytes -> bytes.get() & 0xff;
      case "i2" -> ByteBuffer::getShort;
      case "u2" -> bytes -> bytes.getShort() & 0xffff;
      case "i4" -> ByteBuffer::getInt;
      case "u4" -> bytes -> bytes.getInt() & 0xffffffffL;
      case "i8" -> ByteBuffer::getLong;
      default ->
          throw new BadEmbeddingException(
              "the array needs f2, f4, f8, i1 to i8 or u1 to u4, got " + type);
    };
  }

  private static Embedding byRows(Cells cells, int rows, int columns) throws IOException {
    var builder = Embedding.builder(columns);
    double[] row = new double[columns];
    for (int i = 0; i < rows; i++) {
      cells.read(row, i, rows);
      builder.add(row);
    }
    return builder.build();
  }

  private static Embedding byColumns(Cells cells, int rows, int columns) throws IOException {
    if ((long) rows * columns > 1L << 30) {
      throw new BadEmbeddingException(
          "an array by columns needs at most 2^30 numbers, got %d x %d; store it by rows"
              .formatted(rows, columns));
    }
    double[][] all = new double[columns][];
    for (int j = 0; j < columns; j++) {
      all[j] = new double[rows];
      cells.read(all[j], j, columns);
    }
    var builder = Embedding.builder(columns);
    double[] row = new double[columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        row[j] = all[j][i];
      }
      builder.add(row);
    }
    return builder.build();
  }

  /** The numbers of the file, a row or a column at a time. */
  private record Cells(
      InputStream in, int width, ByteOrder order, ToDoubleFunction<ByteBuffer> number) {
    void read(double[] into, int index, int of) throws IOException {
      byte[] bytes = in.readNBytes(into.length * width);
      if (bytes.length < into.length * width) {
        throw new BadEmbeddingException(
            "%d x %d numbers are needed, the file ends in the %d."
                .formatted(of, into.length, index + 1));
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
      for (int j = 0; j < into.length; j++) {
        into[j] = number.applyAsDouble(buffer);
      }
    }
  }

  static NamedEmbedding named(InputStream in) throws IOException {
    return new NamedEmbedding(read(in), Optional.empty());
  }
}
