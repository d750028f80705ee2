package io.assay.imputation.net;

/**
 * Products of matrices of floats, row after row. Inner loops are such that they are vectorised:
 * four rows at once are added to a fifth, which so is read and written once instead of four times.
 */
final class Kernels {
  private Kernels() {}

  /** {@code c += a b}: n x k, k x m, n x m, each at an offset. */
  static void addProduct(
      float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int n, int k, int m) {
    for (int i = 0; i < n; i++) {
      int row = aAt + i * k;
      int into = cAt + i * m;
      int j = 0;
      for (; j + 3 < k; j += 4) {
        addFour(
            b,
            bAt + j * m,
            m,
            a[row + j],
            a[row + j + 1],
            a[row + j + 2],
            a[row + j + 3],
            c,
            into,
            m);
      }
      for (; j < k; j++) {
        addMultiple(b, bAt + j * m, a[row + j], c, into, m);
      }
    }
  }

  /** {@code c += a' b}: n x k, n x m, k x m. */
  static void addTransposedProduct(
      float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int n, int k, int m) {
    int i = 0;
    for (; i + 3 < n; i += 4) {
      int row = aAt + i * k;
      for (int j = 0; j < k; j++) {
        addFour(
            b,
            bAt + i * m,
            m,
            a[row + j],
            a[row + k + j],
            a[row + 2 * k + j],
            a[row + 3 * k + j],
            c,
            cAt + j * m,
            m);
      }
    }
    for (; i < n; i++) {
      for (int j = 0; j < k; j++) {
        addMultiple(b, bAt + i * m, a[aAt + i * k + j], c, cAt + j * m, m);
      }
    }
  }

  /** Multiples of four rows of b, which are so far apart. */
  private static void addFour(
      float[] b,
      int at,
      int apart,
      float f0,
      float f1,
      float f2,
      float f3,
      float[] c,
      int cAt,
      int length) {
    if (f0 == 0 && f1 == 0 && f2 == 0 && f3 == 0) {
      return;
    }
    int b1 = at + apart;
    int b2 = b1 + apart;
    int b3 = b2 + apart;
    for (int i = 0; i < length; i++) {
      float low = Math.fma(f0, b[at + i], Math.fma(f1, b[b1 + i], c[cAt + i]));
      c[cAt + i] = Math.fma(f2, b[b2 + i], Math.fma(f3, b[b3 + i], low));
    }
  }

  /** The other way round: {@code to} is columns x rows. */
  static void transpose(float[] from, int fromAt, float[] to, int rows, int columns) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        to[j * rows + i] = from[fromAt + i * columns + j];
      }
    }
  }

  static void addMultiple(float[] b, int bAt, float factor, float[] c, int cAt, int length) {
    for (int i = 0; i < length; i++) {
      c[cAt + i] += factor * b[bAt + i];
    }
  }

  static float dot(float[] a, int aAt, float[] b, int bAt, int length) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i + 3 < length; i += 4) {
      s0 += a[aAt + i] * b[bAt + i];
      s1 += a[aAt + i + 1] * b[bAt + i + 1];
      s2 += a[aAt + i + 2] * b[bAt + i + 2];
      s3 += a[aAt + i + 3] * b[bAt + i + 3];
    }
    for (; i < length; i++) {
      s0 += a[aAt + i] * b[bAt + i];
    }
    return s0 + s1 + (s2 + s3);
  }
}
