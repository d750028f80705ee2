package io.assay.stability.linalg;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.CblasUpper;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dgeqrf;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dgesdd;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dsyevd;
import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas.cblas_dsyrk;

import java.nio.DoubleBuffer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;

/**
 * OpenBLAS through JavaCPP. A matrix of rows is, to LAPACK, its transpose by columns:
 * decompositions are asked of the transpose, and only QR, which is five times slower that way, gets
 * a turned copy.
 */
final class OpenBlas implements LinearAlgebra {
  private OpenBlas() {}

  /**
   * Loads the library, with one thread: with more it deadlocks now and then as a process ends, and
   * callers have threads of their own.
   *
   * @throws UnsatisfiedLinkError where there is no library for this platform, or it cannot be kept
   *     to one thread
   */
  static OpenBlas load() {
    if (!NativeEnvironment.set("OPENBLAS_NUM_THREADS", "1")) {
      throw new UnsatisfiedLinkError("OPENBLAS_NUM_THREADS is not 1 and cannot be set");
    }
    Loader.load(openblas.class);
    return new OpenBlas();
  }

  @Override
  public String name() {
    return "OpenBLAS";
  }

  @Override
  public void addGram(Matrix rows, double weight, Matrix sum) {
    int n = rows.columns();
    if (rows.rows() == 0 || n == 0) {
      return;
    }
    cblas_dsyrk(
        CblasRowMajor,
        CblasUpper,
        CblasTrans,
        n,
        rows.rows(),
        weight,
        rows.data(),
        n,
        1,
        sum.data(),
        n);
  }

  @Override
  public void addProduct(Matrix left, Matrix right, double weight, Matrix sum) {
    gemm(true, left, false, right, weight, 1, sum);
  }

  @Override
  public Matrix times(Matrix a, Matrix b) {
    Matrix product = Matrix.of(a.rows(), b.columns());
    gemm(false, a, false, b, 1, 0, product);
    return product;
  }

  @Override
  public void timesTransposed(Matrix a, Matrix b, Matrix into) {
    gemm(false, a, true, b, 1, 0, into);
  }

  private static void gemm(
      boolean turnA, Matrix a, boolean turnB, Matrix b, double alpha, double beta, Matrix c) {
    int inner = turnA ? a.rows() : a.columns();
    if (inner == 0 || c.rows() == 0 || c.columns() == 0) {
      return;
    }
    cblas_dgemm(
        CblasRowMajor,
        turnA ? CblasTrans : CblasNoTrans,
        turnB ? CblasTrans : CblasNoTrans,
        c.rows(),
        c.columns(),
        inner,
        alpha,
        a.data(),
        a.columns(),
        b.data(),
        b.columns(),
        beta,
        c.data(),
        c.columns());
  }

  @Override
  public Eigen eigen(Matrix symmetric) {
    int n = symmetric.rows();
    Matrix work = symmetric.copy();
    Matrix values = Matrix.of(1, n);
    // The upper triangle by rows is the lower one by columns.
    check(
        "dsyevd",
        LAPACKE_dsyevd(LAPACK_COL_MAJOR, (byte) 'V', (byte) 'L', n, work.data(), n, values.data()));
    double[] descending = new double[n];
    double[] vector = new double[n];
    Matrix turned = Matrix.of(n, n);
    for (int i = 0; i < n; i++) {
      descending[i] = values.get(0, n - 1 - i);
      work.copyRow(n - 1 - i, vector);
      turned.setRow(i, vector);
    }
    return new Eigen(descending, turned.transposed());
  }

  @Override
  public Svd svd(Matrix a) {
    int m = a.rows();
    int n = a.columns();
    int k = Math.min(m, n);
    Matrix work = a.copy();
    Matrix values = Matrix.of(1, k);
    Matrix turnedV = Matrix.of(k, n);
    Matrix u = Matrix.of(m, k);
    // a' = V diag(s) U'
    check(
        "dgesdd",
        LAPACKE_dgesdd(
            LAPACK_COL_MAJOR,
            (byte) 'S',
            n,
            m,
            work.data(),
            n,
            values.data(),
            turnedV.data(),
            n,
            u.data(),
            k));
    double[] s = new double[k];
    values.copyRow(0, s);
    return new Svd(u, s, turnedV.transposed());
  }

  @Override
  public Matrix triangle(Matrix a) {
    int m = a.rows();
    int n = a.columns();
    int k = Math.min(m, n);
    Matrix work = a.transposed();
    check(
        "dgeqrf", LAPACKE_dgeqrf(LAPACK_COL_MAJOR, m, n, work.data(), m, DoubleBuffer.allocate(k)));
    Matrix r = Matrix.of(k, n);
    for (int i = 0; i < k; i++) {
      for (int j = i; j < n; j++) {
        r.set(i, j, work.get(j, i));
      }
    }
    return r;
  }

  private static void check(String routine, int info) {
    if (info != 0) {
      throw new IllegalStateException("%s did not succeed: info %d".formatted(routine, info));
    }
  }
}
