package io.assay.stability;

import io.assay.stability.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;

/**
 * Vectors of n items, all of d finite numbers, in blocks of rows outside the heap.
 *
 * <p>Immutable. The largest magnitude is between 1e-140 and 1e140, or everything is zero: squares
 * of what is outside overflow, and nobody means it.
 */
public final class Embedding {
  private static final int BLOCK = 1 << 20;
  private static final double SMALLEST = 1e-140;
  private static final double LARGEST = 1e140;

  private final int dimensions;
  private final int rows;
  private final List<Matrix> blocks;

  private Embedding(int dimensions, int rows, List<Matrix> blocks) {
    this.dimensions = dimensions;
    this.rows = rows;
    this.blocks = List.copyOf(blocks);
  }

  public static Embedding of(double[][] rows) {
    if (rows.length == 0) {
      throw new IllegalArgumentException("an embedding needs a row, got none");
    }
    var builder = new Builder(rows[0].length);
    for (double[] row : rows) {
      builder.add(row);
    }
    return builder.build();
  }

  public static Builder builder(int dimensions) {
    return new Builder(dimensions);
  }

  public int rows() {
    return rows;
  }

  public int dimensions() {
    return dimensions;
  }

  /** Copies a row out. */
  public void copyRow(int row, double[] into) {
    int height = blocks.get(0).rows();
    blocks.get(row / height).copyRow(row % height, into);
  }

  /** The vectors of some rows, in the order given. */
  public Embedding rows(int[] chosen) {
    var builder = new Builder(dimensions);
    double[] row = new double[dimensions];
    for (int i : chosen) {
      copyRow(i, row);
      builder.add(row);
    }
    return builder.build();
  }

  /** All of one height but the last. */
  List<Matrix> blocks() {
    return blocks;
  }

  /** Takes rows one after another. */
  public static final class Builder {
    private final int dimensions;
    private final int height;
    private final List<Matrix> blocks = new ArrayList<>();
    private int rows;
    private double largest;

    private Builder(int dimensions) {
      if (dimensions < 1 || dimensions > BLOCK / 64) {
        throw new IllegalArgumentException(
            "an embedding needs 1 to %d dimensions, got %d".formatted(BLOCK / 64, dimensions));
      }
      this.dimensions = dimensions;
      this.height = BLOCK / dimensions;
    }

    public Builder add(double[] row) {
      if (row.length != dimensions) {
        throw new IllegalArgumentException(
            "row %d needs %d numbers, got %d".formatted(rows, dimensions, row.length));
      }
      for (int j = 0; j < dimensions; j++) {
        if (!Double.isFinite(row[j])) {
          throw new IllegalArgumentException(
              "row %d needs finite numbers, got %s in column %d".formatted(rows, row[j], j));
        }
        largest = Math.max(largest, Math.abs(row[j]));
      }
      if (rows % height == 0) {
        blocks.add(Matrix.of(height, dimensions));
      }
      blocks.get(rows / height).setRow(rows % height, row);
      rows++;
      return this;
    }

    public Embedding build() {
      if (rows == 0) {
        throw new IllegalArgumentException("an embedding needs a row, got none");
      }
      if (largest != 0 && (largest < SMALLEST || largest > LARGEST)) {
        throw new IllegalArgumentException(
            "an embedding's largest magnitude needs to be %s to %s, got %s; rescale it"
                .formatted(SMALLEST, LARGEST, largest));
      }
      int last = rows - (blocks.size() - 1) * height;
      blocks.set(blocks.size() - 1, blocks.get(blocks.size() - 1).slice(0, last));
      return new Embedding(dimensions, rows, blocks);
    }
  }
}
