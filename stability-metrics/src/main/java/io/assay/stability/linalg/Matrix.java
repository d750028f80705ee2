package io.assay.stability.linalg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;

/**
 * A dense matrix, row after row, outside the heap, so that native kernels read it where it is.
 *
 * <p>Mutable, and not for several threads at once unless they only read. At most 2^28 - 1 numbers;
 * taller ones are lists of blocks.
 */
public final class Matrix {
  private final int rows;
  private final int columns;
  private final DoubleBuffer data;

  private Matrix(int rows, int columns, DoubleBuffer data) {
    this.rows = rows;
    this.columns = columns;
    this.data = data;
  }

  /** Zeros. */
  public static Matrix of(int rows, int columns) {
    long bytes = 8L * rows * columns;
    if (rows < 0 || columns < 0 || bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a matrix needs 0 to %d numbers, got %d x %d"
              .formatted(Integer.MAX_VALUE / 8, rows, columns));
    }
    ByteBuffer bytesOutside = ByteBuffer.allocateDirect((int) bytes);
    return new Matrix(rows, columns, bytesOutside.order(ByteOrder.nativeOrder()).asDoubleBuffer());
  }

  /** A copy of rows of equal length. */
  public static Matrix of(double[][] rows) {
    Matrix matrix = of(rows.length, rows.length == 0 ? 0 : rows[0].length);
    for (int i = 0; i < rows.length; i++) {
      matrix.setRow(i, rows[i]);
    }
    return matrix;
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  public double get(int row, int column) {
    return data.get(row * columns + column);
  }

  public void set(int row, int column, double value) {
    data.put(row * columns + column, value);
  }

  /** Copies a row out. */
  public void copyRow(int row, double[] into) {
    data.get(row * columns, into, 0, columns);
  }

  /** Copies a row in. */
  public void setRow(int row, double[] values) {
    if (values.length != columns) {
      throw new IllegalArgumentException(
          "a row needs %d numbers, got %d".formatted(columns, values.length));
    }
    data.put(row * columns, values, 0, columns);
  }

  /** Rows from (inclusive) to (exclusive), the same memory. */
  public Matrix slice(int from, int to) {
    return new Matrix(to - from, columns, data.slice(from * columns, (to - from) * columns));
  }

  /** The same memory from its beginning, in another shape that is not larger. */
  public Matrix shaped(int newRows, int newColumns) {
    return new Matrix(newRows, newColumns, data.slice(0, newRows * newColumns));
  }

  /** A copy of the columns from (inclusive) to (exclusive). */
  public Matrix copyColumns(int from, int to) {
    Matrix copy = of(rows, to - from);
    double[] row = new double[columns];
    double[] part = new double[to - from];
    for (int i = 0; i < rows; i++) {
      copyRow(i, row);
      System.arraycopy(row, from, part, 0, part.length);
      copy.setRow(i, part);
    }
    return copy;
  }

  /** A copy, columns as rows. */
  public Matrix transposed() {
    Matrix turned = of(columns, rows);
    int tile = 32;
    for (int i0 = 0; i0 < rows; i0 += tile) {
      for (int j0 = 0; j0 < columns; j0 += tile) {
        turnTile(turned, i0, j0, tile);
      }
    }
    return turned;
  }

  private void turnTile(Matrix turned, int i0, int j0, int tile) {
    for (int i = i0; i < Math.min(rows, i0 + tile); i++) {
      for (int j = j0; j < Math.min(columns, j0 + tile); j++) {
        turned.data.put(j * rows + i, data.get(i * columns + j));
      }
    }
  }

  public Matrix copy() {
    Matrix copy = of(rows, columns);
    copy.data.put(0, data, 0, rows * columns);
    return copy;
  }

  /** Multiplies every column by its factor, in place. */
  public Matrix scaleColumns(double[] factors) {
    double[] row = new double[columns];
    for (int i = 0; i < rows; i++) {
      copyRow(i, row);
      for (int j = 0; j < columns; j++) {
        row[j] *= factors[j];
      }
      setRow(i, row);
    }
    return this;
  }

  /** Multiplies every number, in place. */
  public Matrix scale(double factor) {
    for (int i = 0; i < rows * columns; i++) {
      data.put(i, data.get(i) * factor);
    }
    return this;
  }

  /** Adds a multiple of another matrix of the same shape, in place. */
  public Matrix add(Matrix other, double weight) {
    if (other.rows != rows || other.columns != columns) {
      throw new IllegalArgumentException(
          "a sum needs equal shapes, got %d x %d and %d x %d"
              .formatted(rows, columns, other.rows, other.columns));
    }
    for (int i = 0; i < rows * columns; i++) {
      data.put(i, data.get(i) + weight * other.data.get(i));
    }
    return this;
  }

  /** Copies the upper triangle of a square matrix onto the lower. */
  public Matrix mirrorUpper() {
    for (int i = 1; i < rows; i++) {
      for (int j = 0; j < i; j++) {
        set(i, j, get(j, i));
      }
    }
    return this;
  }

  /** The sum of the products of equal places. */
  public double dot(Matrix other) {
    double sum = 0;
    for (int i = 0; i < rows * columns; i++) {
      sum += data.get(i) * other.data.get(i);
    }
    return sum;
  }

  /** The largest magnitude, 0 of an empty matrix. */
  public double maxAbs() {
    double max = 0;
    for (int i = 0; i < rows * columns; i++) {
      max = Math.max(max, Math.abs(data.get(i)));
    }
    return max;
  }

  DoubleBuffer data() {
    return data;
  }
}
