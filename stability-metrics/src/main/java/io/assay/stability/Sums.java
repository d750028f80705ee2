package io.assay.stability;

import io.assay.stability.linalg.Matrix;
import java.io.DataOutput;
import java.io.IOException;

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

  void write(DataOutput out) throws IOException;

  /** How many rows are worth a call. */
  int height();
}
