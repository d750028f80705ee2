package io.assay.stability.linalg;

/** Eigenvalues, the largest first, and their vectors as columns. */
public final class Eigen {
  private final double[] values;
  private final Matrix vectors;

  Eigen(double[] values, Matrix vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  public double[] values() {
    return values.clone();
  }

  public Matrix vectors() {
    return vectors;
  }
}
