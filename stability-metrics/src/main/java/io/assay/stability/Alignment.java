package io.assay.stability;

import io.assay.stability.linalg.LinearAlgebra;
import io.assay.stability.linalg.Matrix;

/** Brings one embedding as near to another as a rotation can (orthogonal Procrustes). */
public final class Alignment {
  private Alignment() {}

  /**
   * @param y of the same rows and dimensions as x
   * @return y, turned
   */
  public static Embedding of(Embedding y, Embedding x) {
    if (x.rows() != y.rows() || x.dimensions() != y.dimensions()) {
      throw new IllegalArgumentException(
          "an alignment needs equal shapes, got %d x %d and %d x %d"
              .formatted(x.rows(), x.dimensions(), y.rows(), y.dimensions()));
    }
    LinearAlgebra algebra = LinearAlgebra.get();
    Matrix yx = Matrix.of(y.dimensions(), x.dimensions());
    for (int b = 0; b < y.blocks().size(); b++) {
      algebra.addProduct(y.blocks().get(b), x.blocks().get(b), 1, yx);
    }
    Matrix rotation = Displacement.rotation(Displacement.scaledSvd(yx));
    var builder = Embedding.builder(x.dimensions());
    double[] row = new double[x.dimensions()];
    for (Matrix block : y.blocks()) {
      Matrix turned = algebra.times(block, rotation);
      for (int i = 0; i < turned.rows(); i++) {
        turned.copyRow(i, row);
        builder.add(row);
      }
    }
    return builder.build();
  }
}
