package io.assay.stability;

import io.assay.stability.linalg.LinearAlgebra;
import io.assay.stability.linalg.Matrix;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The triangular factor of all columns. Rows are only added: one that is taken back wears it out.
 */
final class FactorSums implements Sums {
  private final PairShape shape;
  private Matrix triangle;
  private boolean worn;

  FactorSums(PairShape shape) {
    this(shape, Matrix.of(0, shape.width()), false);
  }

  private FactorSums(PairShape shape, Matrix triangle, boolean worn) {
    this.shape = shape;
    this.triangle = triangle;
    this.worn = worn;
  }

  @Override
  public void add(Matrix rows) {
    triangle = Factor.stacked(triangle, rows);
  }

  @Override
  public void remove(Matrix rows) {
    worn = true;
  }

  @Override
  public Sums merged(Sums other) {
    FactorSums its = (FactorSums) other;
    return new FactorSums(shape, Factor.stacked(triangle, its.triangle), worn || its.worn);
  }

  @Override
  public Terms terms(long rows, double alpha, int threads) {
    if (worn) {
      throw new IllegalStateException(
          "rows were taken back from a precise state; rebuild it first");
    }
    return FactorTerms.of(Factor.split(rows, triangle, shape.widths()), alpha);
  }

  @Override
  public Matrix xy() {
    Factor factor = Factor.split(1, triangle, shape.widths());
    Matrix xy = Matrix.of(shape.x(), shape.y());
    LinearAlgebra.get().addProduct(factor.x(), factor.y(), 1, xy);
    return xy;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    StateCodec.matrix(triangle, out);
    out.writeBoolean(worn);
  }

  static FactorSums read(PairShape shape, DataInput in) throws IOException {
    return new FactorSums(shape, StateCodec.matrix(in), in.readBoolean());
  }

  @Override
  public boolean worn() {
    return worn;
  }

  @Override
  public int height() {
    return 4 * shape.width();
  }
}
