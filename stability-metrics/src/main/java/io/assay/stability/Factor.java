package io.assay.stability;

import io.assay.stability.linalg.LinearAlgebra;
import io.assay.stability.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The columns of the triangular factor of {@code [X | Y | E | F]}: as good as the rows themselves
 * for every measure that does not look at single items, in O(d²).
 *
 * <p>Found by stacking blocks of rows under the factor so far and factoring again (TSQR, Demmel,
 * Grigori, Hoemmen, Langou, 2012); backward stable column by column, so scales do not mix.
 */
record Factor(long rows, Matrix x, Matrix y, List<Matrix> anchors) {
  Factor {
    anchors = List.copyOf(anchors);
  }

  static Factor of(Embedding x, Embedding y, Anchors anchors, int threads) {
    List<Embedding> all = new ArrayList<>(List.of(x, y));
    all.addAll(anchors.given());
    List<Integer> widths = all.stream().map(Embedding::dimensions).toList();
    int width = widths.stream().mapToInt(Integer::intValue).sum();
    int height = 4 * width;
    int pieces = Math.max(1, Math.min(threads, x.rows() / (2 * height)));
    List<Supplier<Matrix>> tasks = new ArrayList<>();
    for (int p = 0; p < pieces; p++) {
      int from = (int) ((long) x.rows() * p / pieces);
      int to = (int) ((long) x.rows() * (p + 1) / pieces);
      tasks.add(() -> ofRows(all, width, from, to));
    }
    Matrix joint = Matrix.of(0, width);
    for (Matrix part : Parallel.run(threads, tasks)) {
      joint = stacked(joint, part);
    }
    return split(x.rows(), joint, widths);
  }

  private static Matrix ofRows(List<Embedding> all, int width, int from, int to) {
    Matrix triangle = Matrix.of(0, width);
    int height = 4 * width;
    for (int start = from; start < to; start += height) {
      int end = Math.min(to, start + height);
      Matrix block = Matrix.of(end - start, width);
      double[] joint = new double[width];
      for (int row = start; row < end; row++) {
        copyJoint(all, row, joint);
        block.setRow(row - start, joint);
      }
      triangle = stacked(triangle, block);
    }
    return triangle;
  }

  private static void copyJoint(List<Embedding> all, int row, double[] joint) {
    int at = 0;
    for (Embedding embedding : all) {
      double[] part = new double[embedding.dimensions()];
      embedding.copyRow(row, part);
      System.arraycopy(part, 0, joint, at, part.length);
      at += part.length;
    }
  }

  /** The triangle of a factor and further rows. */
  static Matrix stacked(Matrix triangle, Matrix rows) {
    Matrix both = Matrix.of(triangle.rows() + rows.rows(), rows.columns());
    double[] row = new double[rows.columns()];
    for (int i = 0; i < triangle.rows(); i++) {
      triangle.copyRow(i, row);
      both.setRow(i, row);
    }
    for (int i = 0; i < rows.rows(); i++) {
      rows.copyRow(i, row);
      both.setRow(triangle.rows() + i, row);
    }
    return LinearAlgebra.get().triangle(both);
  }

  /** The parts of a joint factor. */
  static Factor split(long rows, Matrix joint, List<Integer> widths) {
    List<Matrix> parts = new ArrayList<>();
    int at = 0;
    for (int width : widths) {
      parts.add(joint.copyColumns(at, at + width));
      at += width;
    }
    return new Factor(rows, parts.get(0), parts.get(1), parts.subList(2, parts.size()));
  }
}
