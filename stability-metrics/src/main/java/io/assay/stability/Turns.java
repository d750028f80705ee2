package io.assay.stability;

import io.assay.stability.linalg.LinearAlgebra;
import io.assay.stability.linalg.Matrix;
import io.assay.stability.linalg.Svd;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.OptionalDouble;

/**
 * Semantic displacement as a sum over rows: with {@code H = sum x y' / (|x| |y|)} over the m rows
 * that are zero on neither side it is {@code 1 - <Q, H> / m}, whatever rotation Q the end brings.
 */
final class Turns {
  private final Matrix sum;
  private long counted;

  Turns(PairShape shape) {
    this(Matrix.of(shape.x(), shape.y()), 0);
  }

  private Turns(Matrix sum, long counted) {
    this.sum = sum;
    this.counted = counted;
  }

  /**
   * @param rows of the pair side by side
   */
  void add(Matrix rows, int sign) {
    int d = sum.rows();
    Matrix x = Matrix.of(rows.rows(), d);
    Matrix y = Matrix.of(rows.rows(), sum.columns());
    double[] row = new double[rows.columns()];
    double[] left = new double[d];
    double[] right = new double[sum.columns()];
    for (int i = 0; i < rows.rows(); i++) {
      rows.copyRow(i, row);
      System.arraycopy(row, 0, left, 0, d);
      System.arraycopy(row, d, right, 0, right.length);
      if (Directions.normalise(left) != 0 && Directions.normalise(right) != 0) {
        x.setRow(i, left);
        y.setRow(i, right);
        counted += sign;
      }
    }
    LinearAlgebra.get().addProduct(x, y, sign, sum);
  }

  Turns merged(Turns other) {
    return new Turns(sum.copy().add(other.sum, 1), counted + other.counted);
  }

  void write(DataOutput out) throws IOException {
    StateCodec.matrix(sum, out);
    out.writeLong(counted);
  }

  static Turns read(DataInput in) throws IOException {
    return new Turns(StateCodec.matrix(in), in.readLong());
  }

  OptionalDouble displacement(Matrix xy) {
    if (counted == 0) {
      return OptionalDouble.empty();
    }
    Svd svd = Displacement.scaledSvd(xy);
    return OptionalDouble.of(Math.max(0, 1 - Displacement.rotation(svd).dot(sum) / counted));
  }

  long counted() {
    return counted;
  }
}
