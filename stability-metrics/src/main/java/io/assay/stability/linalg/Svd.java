package io.assay.stability.linalg;

/** {@code U diag(s) V'}: the singular values, the largest first; vectors as columns. */
public final class Svd {
  private final Matrix u;
  private final double[] values;
  private final Matrix v;

  Svd(Matrix u, double[] values, Matrix v) {
    this.u = u;
    this.values = values;
    this.v = v;
  }

  public Matrix u() {
    return u;
  }

  public double[] values() {
    return values.clone();
  }

  public Matrix v() {
    return v;
  }
}
