package io.assay.stability;

import io.assay.stability.linalg.LinearAlgebra;
import io.assay.stability.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Inner products of the columns of the pair and its anchors: sums over rows, O(d²).
 *
 * @param rows how many rows were summed
 * @param anchors of the anchors given
 */
record Grams(long rows, Matrix xx, Matrix yy, Matrix xy, List<OfAnchor> anchors) {
  /** An anchor with itself and with the two of the pair. */
  record OfAnchor(Matrix ee, Matrix xe, Matrix ye) {}

  Grams {
    anchors = List.copyOf(anchors);
  }

  /** One pass over the rows: 4 n d² operations, 14 n d² with anchors. */
  static Grams of(Embedding x, Embedding y, Anchors anchors, int threads) {
    List<Embedding> all = new ArrayList<>(List.of(x, y));
    all.addAll(anchors.given());
    int pieces = Math.min(threads, pieces(x.rows()));
    List<Supplier<Grams>> tasks = new ArrayList<>();
    for (int p = 0; p < pieces; p++) {
      int from = (int) ((long) x.rows() * p / pieces);
      int to = (int) ((long) x.rows() * (p + 1) / pieces);
      tasks.add(() -> ofRows(all, from, to));
    }
    List<Grams> parts = Parallel.run(threads, tasks);
    Grams sum = parts.get(0);
    for (Grams part : parts.subList(1, parts.size())) {
      sum = sum.plus(part);
    }
    return sum;
  }

  /** Fewer rows than this in a piece are not worth a thread. */
  private static int pieces(int rows) {
    return Math.max(1, rows / 512);
  }

  private static Grams ofRows(List<Embedding> all, int from, int to) {
    LinearAlgebra algebra = LinearAlgebra.get();
    Grams sums = zeros(all.stream().map(Embedding::dimensions).toList(), to - from);
    int row = from;
    while (row < to) {
      int start = row;
      int end = to;
      for (Embedding embedding : all) {
        int height = embedding.blocks().get(0).rows();
        end = Math.min(end, (start / height + 1) * height);
      }
      int until = end;
      List<Matrix> parts = all.stream().map(e -> part(e, start, until)).toList();
      sums.add(algebra, parts);
      row = end;
    }
    return sums;
  }

  private static Matrix part(Embedding embedding, int from, int to) {
    int height = embedding.blocks().get(0).rows();
    Matrix block = embedding.blocks().get(from / height);
    int start = from % height;
    return block.slice(start, start + to - from);
  }

  private static Grams zeros(List<Integer> widths, long rows) {
    int d = widths.get(0);
    int e = widths.get(1);
    List<OfAnchor> anchors = new ArrayList<>();
    for (int width : widths.subList(2, widths.size())) {
      anchors.add(new OfAnchor(Matrix.of(width, width), Matrix.of(d, width), Matrix.of(e, width)));
    }
    return new Grams(rows, Matrix.of(d, d), Matrix.of(e, e), Matrix.of(d, e), anchors);
  }

  private void add(LinearAlgebra algebra, List<Matrix> parts) {
    Matrix x = parts.get(0);
    Matrix y = parts.get(1);
    algebra.addGram(x, 1, xx);
    algebra.addGram(y, 1, yy);
    algebra.addProduct(x, y, 1, xy);
    for (int a = 0; a < anchors.size(); a++) {
      Matrix anchor = parts.get(a + 2);
      algebra.addGram(anchor, 1, anchors.get(a).ee());
      algebra.addProduct(x, anchor, 1, anchors.get(a).xe());
      algebra.addProduct(y, anchor, 1, anchors.get(a).ye());
    }
  }

  private Grams plus(Grams other) {
    List<OfAnchor> sums = new ArrayList<>();
    for (int a = 0; a < anchors.size(); a++) {
      OfAnchor mine = anchors.get(a);
      OfAnchor its = other.anchors.get(a);
      sums.add(
          new OfAnchor(mine.ee.add(its.ee, 1), mine.xe.add(its.xe, 1), mine.ye.add(its.ye, 1)));
    }
    return new Grams(
        rows + other.rows, xx.add(other.xx, 1), yy.add(other.yy, 1), xy.add(other.xy, 1), sums);
  }
}
