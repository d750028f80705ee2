package io.assay.stability;

import io.assay.stability.linalg.Matrix;

/**
 * The rotation that brings the old version nearest to the new one (orthogonal Procrustes; of
 * different dimensions, the lower is padded with zeros), to say of items how far each has moved.
 */
public final class Rotation {
  private final Matrix turn;

  private Rotation(Matrix turn) {
    this.turn = turn;
  }

  /**
   * @param xy {@code X'Y} of all rows
   */
  static Rotation of(Matrix xy) {
    return new Rotation(Displacement.rotation(Displacement.scaledSvd(xy)));
  }

  /**
   * The displacement of each row, NaN where it is zero on either side. Hundreds of rows at once are
   * several times cheaper than single ones.
   */
  public double[] displacements(Embedding x, Embedding y) {
    if (x.rows() != y.rows() || x.dimensions() != turn.rows() || y.dimensions() != turn.columns()) {
      throw new IllegalArgumentException(
          "a rotation of %d to %d dimensions needs as many rows of both, got %d of %d and %d of %d"
              .formatted(
                  turn.rows(), turn.columns(), x.rows(), x.dimensions(), y.rows(), y.dimensions()));
    }
    double[] ofRows = new double[x.rows()];
    Displacement.measure(x, y, turn, 0, x.rows(), ofRows);
    return ofRows;
  }

  /** Eight bytes a number. */
  public byte[] bytes() {
    return StateCodec.bytes(
        out -> {
          out.writeByte(StateCodec.VERSION);
          StateCodec.matrix(turn, out);
        });
  }

  /**
   * What {@link #bytes} wrote.
   *
   * @throws IllegalArgumentException of bytes that are no rotation, or of a later version
   */
  public static Rotation read(byte[] bytes) {
    return StateCodec.read(
        bytes,
        in -> {
          StateCodec.version(in);
          return new Rotation(StateCodec.matrix(in));
        });
  }
}
