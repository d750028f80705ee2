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
    Embedding left = Directions.of(x);
    Embedding right = Directions.of(y);
    // Every batch makes the kernel arrange all rows anew, so there are no more than needed.
    int size = Math.min(BATCH, (queries.length + threads - 1) / threads);
    List<Supplier<Long>> tasks = new ArrayList<>();
    for (int from = 0; from < queries.length; from += size) {
      int[] batch = Arrays.copyOfRange(queries, from, Math.min(queries.length, from + size));
      tasks.add(() -> common(nearest(left, batch, k), nearest(right, batch, k)));
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
   * Of unit vectors: for each query, the k rows with the largest products. Scaled before the
   * product, not behind it: so near ties are decided as the published figures decide them.
   */
  private static int[][] nearest(Embedding unit, int[] queries, int k) {
    Matrix asked = Matrix.of(queries.length, unit.dimensions());
    double[] row = new double[unit.dimensions()];
    for (int q = 0; q < queries.length; q++) {
      unit.copyRow(queries[q], row);
      asked.setRow(q, row);
    }
    Best[] best = new Best[queries.length];
    for (int q = 0; q < best.length; q++) {
      best[q] = new Best(k, queries[q]);
    }
    // Fresh memory outside the heap is cleared first, so it is taken once.
    Matrix scores = Matrix.of(queries.length, STRIP);
    int first = 0;
    for (Matrix block : unit.blocks()) {
      for (int from = 0; from < block.rows(); from += STRIP) {
        Matrix strip = block.slice(from, Math.min(block.rows(), from + STRIP));
        Matrix into = scores.shaped(queries.length, strip.rows());
        LinearAlgebra.get().timesTransposed(asked, strip, into);
        offer(into, first + from, best);
      }
      first += block.rows();
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
