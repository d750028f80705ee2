package io.assay.stability.linalg;

/**
 * The few operations on matrices that the measures are made of. Each runs on the calling thread
 * alone; callers share out blocks among threads of their own.
 */
public sealed interface LinearAlgebra permits OpenBlas, JavaAlgebra {
  /**
   * The one of this process: native, unless its library does not load or the system property {@code
   * assay.linalg} is {@code java}.
   */
  static LinearAlgebra get() {
    return ChosenAlgebra.INSTANCE;
  }

  /** What computes, for people. */
  String name();

  /** Adds {@code weight * rows' rows} to the upper triangle of a sum. */
  void addGram(Matrix rows, double weight, Matrix sum);

  /** Adds {@code weight * left' right} to a sum. */
  void addProduct(Matrix left, Matrix right, double weight, Matrix sum);

  /** {@code a b}. */
  Matrix times(Matrix a, Matrix b);

  /** {@code a b'}, written into a matrix of its shape. */
  void timesTransposed(Matrix a, Matrix b, Matrix into);

  /** Of a symmetric matrix, of which the upper triangle is read. */
  Eigen eigen(Matrix symmetric);

  /** The thin singular value decomposition. */
  Svd svd(Matrix a);

  /** The triangular factor R of {@code a = Q R}: as many rows as the smaller side. */
  Matrix triangle(Matrix a);
}
