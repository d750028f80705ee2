package io.assay.stability;

import io.assay.stability.linalg.Matrix;

/** What rows add up to, and the terms out of it. */
sealed interface Sums permits GramSums, FactorSums {
  void add(Matrix rows);

  void remove(Matrix rows);

  Sums merged(Sums other);

  Terms terms(long rows, double alpha, int threads);

  /** {@code X'Y}. */
  Matrix xy();

  /** Whether rows that were taken back have left more behind than rounding does. */
  boolean worn();

  /** How many rows are worth a call. */
  int height();
}
