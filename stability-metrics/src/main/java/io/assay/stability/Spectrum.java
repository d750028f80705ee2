package io.assay.stability;

/**
 * How much of a matrix is there.
 *
 * @param dimensions its columns
 * @param rank singular values above the largest times max(rows, columns) times 2^-52
 * @param condition the largest over the smallest of them
 */
public record Spectrum(int dimensions, int rank, double condition) {
  /** Of singular values, the largest first. */
  static Spectrum of(double[] values, long rows, int dimensions) {
    double cut = values[0] * Math.max(rows, dimensions) * Math.ulp(1.0);
    int rank = 0;
    while (rank < values.length && values[rank] > cut) {
      rank++;
    }
    if (rank == 0) {
      throw new IllegalArgumentException(
          "an embedding needs a vector that is not zero, got none in %d rows".formatted(rows));
    }
    return new Spectrum(dimensions, rank, values[0] / values[rank - 1]);
  }
}
