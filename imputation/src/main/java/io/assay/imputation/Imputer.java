package io.assay.imputation;

import java.util.List;

/** Fills what is missing. Immutable; any number of threads. */
public interface Imputer {
  /** What it fills, and out of what. */
  Schema schema();

  /**
   * A guess for each missing cell, or group of cells, of the schema's columns, row by row.
   *
   * @throws IllegalArgumentException of rows without a column, or with a number that is none
   */
  List<Guess> fill(Table rows);
}
