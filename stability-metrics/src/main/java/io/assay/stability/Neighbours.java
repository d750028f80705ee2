package io.assay.stability;

import io.assay.stability.linalg.LinearAlgebra;
import io.assay.stability.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * The mean share of the k nearest neighbours, by cosine and without the item itself, that two
 * embeddings have in common. Exact: all scores of a batch of queries by one product, then a scan.
 *
 * <p>Of equal scores the first row is taken; where many are equal, as after quantising to one or
 * two bits, the result says more of that order than of the embeddings.
 */
final class Neighbours {
  private static final int BATCH = 1024;

  /** Rows at once, so that scores are still in the cache when they are scanned. */
  private static final int STRIP = 1024;

  private Neighbours() {}

  static double shared(Embedding x, Embedding y, int k, int[] queries, int threads) {
    // Every batch makes the kernel arrange all rows anew, so there are no more than needed.
    int size = Math.min(BATCH, (queries.length + threads - 1) / threads);
    List<Supplier<Long>> tasks = new ArrayList<>();
    for (int from = 0; from < queries.length; from += size) {
      int[] batch = Arrays.copyOfRange(queries, from, Math.min(queries.length, from + size));
      tasks.add(() -> common(nearest(x, batch, k), nearest(y, batch, k)));
    }
    long common = Parallel.run(threads, tasks).stream().mapToLong(Long::longValue).sum();
    return common / ((double) k * queries.length);
  }

  private static long common(int[][] left, int[][] right) {
    long common = 0;
    for (int q = 0; q < left.length; q++) {
      for (int a : left[q]) {
        for (int b : right[q]) {
          common += a == b ? 1 : 0;
        }
      }
    }
    return common;
  }

  /**
   * For each query, the k rows with the largest cosines. Rows are brought to length 1 before the
   * product, not behind it: so near ties are decided as the published figures decide them. Some at
   * a time, for a copy of all would be read from memory twice.
   */
  private static int[][] nearest(Embedding embedding, int[] queries, int k) {
    Matrix asked = Matrix.of(queries.length, embedding.dimensions());
    double[] row = new double[embedding.dimensions()];
    for (int q = 0; q < queries.length; q++) {
      embedding.copyRow(queries[q], row);
      Directions.normalise(row);
      asked.setRow(q, row);
    }
    Best[] best = new Best[queries.length];
    for (int q = 0; q < best.length; q++) {
      best[q] = new Best(k, queries[q]);
    }
    // Fresh memory outside the heap is cleared first, so it is taken once.
    Matrix scores = Matrix.of(queries.length, STRIP);
    Matrix units = Matrix.of(STRIP, embedding.dimensions());
    for (int from = 0; from < embedding.rows(); from += STRIP) {
      int count = Math.min(STRIP, embedding.rows() - from);
      for (int i = 0; i < count; i++) {
        embedding.copyRow(from + i, row);
        Directions.normalise(row);
        units.setRow(i, row);
      }
      Matrix into = scores.shaped(queries.length, count);
      LinearAlgebra.get().timesTransposed(asked, units.slice(0, count), into);
      offer(into, from, best);
    }
    int[][] nearest = new int[queries.length][];
    for (int q = 0; q < nearest.length; q++) {
      nearest[q] = best[q].rows;
    }
    return nearest;
  }

  private static void offer(Matrix scores, int first, Best[] best) {
    double[] ofQuery = new double[scores.columns()];
    for (int q = 0; q < best.length; q++) {
      scores.copyRow(q, ofQuery);
      best[q].offer(ofQuery, first);
    }
  }

  /** The k best so far, the best first. */
  private static final class Best {
    private final int[] rows;
    private final double[] scores;
    private final int self;
    private int found;

    Best(int k, int self) {
      this.rows = new int[k];
      this.scores = new double[k];
      this.self = self;
    }

    void offer(double[] products, int first) {
      double worst = found < rows.length ? Double.NEGATIVE_INFINITY : scores[rows.length - 1];
      for (int i = 0; i < products.length; i++) {
        if (products[i] > worst && first + i != self) {
          worst = insert(products[i], first + i);
        }
      }
    }

    private double insert(double score, int row) {
      int at = found < rows.length ? found++ : rows.length - 1;
      while (at > 0 && scores[at - 1] < score) {
        scores[at] = scores[at - 1];
        rows[at] = rows[at - 1];
        at--;
      }
      scores[at] = score;
      rows[at] = row;
      return found < rows.length ? Double.NEGATIVE_INFINITY : scores[rows.length - 1];
    }
  }
}
