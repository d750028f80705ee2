package io.assay.stability;

import java.util.Arrays;
import java.util.Optional;

/**
 * How two embeddings are compared. Immutable; begins with the paper's: alpha 3, 5 neighbours, 1,000
 * queries.
 */
public final class Settings {
  private static final int QUERIES = 1000;

  private final double alpha;
  private final int neighbours;
  private final Optional<int[]> queries;
  private final double tolerance;
  private final int threads;

  private Settings(
      double alpha, int neighbours, Optional<int[]> queries, double tolerance, int threads) {
    this.alpha = alpha;
    this.neighbours = neighbours;
    this.queries = queries;
    this.tolerance = tolerance;
    this.threads = threads;
  }

  public static Settings usual() {
    return new Settings(3, 5, Optional.empty(), 1e-9, Runtime.getRuntime().availableProcessors());
  }

  /** The power to which anchors weigh their directions: 0 all alike, 3 as in the paper. */
  public Settings withAlpha(double newAlpha) {
    if (!(newAlpha >= 0 && Double.isFinite(newAlpha))) {
      throw new IllegalArgumentException("alpha needs to be 0 or more, got " + newAlpha);
    }
    return new Settings(newAlpha, neighbours, queries, tolerance, threads);
  }

  public Settings withNeighbours(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("neighbours need to be 1 or more, got " + k);
    }
    return new Settings(alpha, k, queries, tolerance, threads);
  }

  /** The rows whose neighbours are compared; without them 1,000 evenly spaced ones. */
  public Settings withQueries(int[] rows) {
    if (rows.length == 0) {
      throw new IllegalArgumentException("queries need a row, got none");
    }
    return new Settings(alpha, neighbours, Optional.of(rows.clone()), tolerance, threads);
  }

  /** What rounding may change of instability and overlap. */
  public Settings withTolerance(double newTolerance) {
    if (!(newTolerance > 0 && newTolerance < 1)) {
      throw new IllegalArgumentException(
          "a tolerance needs to be between 0 and 1, got " + newTolerance);
    }
    return new Settings(alpha, neighbours, queries, newTolerance, threads);
  }

  public Settings withThreads(int newThreads) {
    if (newThreads < 1) {
      throw new IllegalArgumentException("threads need to be 1 or more, got " + newThreads);
    }
    return new Settings(alpha, neighbours, queries, tolerance, newThreads);
  }

  public double alpha() {
    return alpha;
  }

  public int neighbours() {
    return neighbours;
  }

  public double tolerance() {
    return tolerance;
  }

  public int threads() {
    return threads;
  }

  /** The queries of so many rows. */
  int[] queries(int rows) {
    int[] chosen = queries.orElseGet(() -> spaced(rows));
    for (int row : chosen) {
      if (row < 0 || row >= rows) {
        throw new IllegalArgumentException(
            "queries need rows 0 to %d, got %d".formatted(rows - 1, row));
      }
    }
    return chosen;
  }

  private static int[] spaced(int rows) {
    int count = Math.min(QUERIES, rows);
    int[] spaced = new int[count];
    Arrays.setAll(spaced, i -> (int) ((long) rows * i / count));
    return spaced;
  }
}
