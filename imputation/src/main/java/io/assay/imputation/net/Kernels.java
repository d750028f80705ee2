package io.assay.imputation.net;

/** Products of matrices of floats, row after row; inner loops are such that they are vectorised. */
final class Kernels {
  private Kernels() {}

  /** {@code c += a b}: n x k, k x m, n x m, each at an offset. */
  static void addProduct(
      float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int n, int k, int m) {
    for (int i = 0; i < n; i++) {
      int row = cAt + i * m;
      for (int j = 0; j < k; j++) {
        float factor = a[aAt + i * k + j];
        if (factor != 0) {
          addMultiple(b, bAt + j * m, factor, c, row, m);
        }
      }
    }
  }

  /** {@code c += a' b}: n x k, n x m, k x m. */
  static void addTransposedProduct(
      float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int n, int k, int m) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < k; j++) {
        float factor = a[aAt + i * k + j];
        if (factor != 0) {
          addMultiple(b, bAt + i * m, factor, c, cAt + j * m, m);
        }
      }
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
