package io.assay.imputation.net;

/**
 * Products of matrices whose rows are arrays of their own, as long as asked or longer. Loops run
 * over the same place of several arrays, which is what the JVM's compiler vectorises: with rows at
 * offsets of one array it does not, as it cannot know that they do not overlap, and takes four
 * times as long. Two rows of the result at a time, and four of the second matrix, so that most of
 * what is loaded is used twice; with more at a time registers run out.
 */
final class Products {
  private Products() {}

  /** {@code c += a b}: n x k, k x m, n x m. */
  static void add(float[][] a, float[][] b, float[][] c, int n, int k, int m) {
    for (int i = 0; i + 1 < n; i += 2) {
      float[] f = a[i];
      float[] g = a[i + 1];
      int j = 0;
      for (; j + 3 < k; j += 4) {
        addTwo(
            b[j], b[j + 1], b[j + 2], b[j + 3], f[j], f[j + 1], f[j + 2], f[j + 3], g[j], g[j + 1],
            g[j + 2], g[j + 3], c[i], c[i + 1], m);
      }
      for (; j < k; j++) {
        addMultiple(b[j], f[j], c[i], m);
        addMultiple(b[j], g[j], c[i + 1], m);
      }
    }
    if (n % 2 == 1) {
      addRow(a[n - 1], b, c[n - 1], k, m);
    }
  }

  /** {@code c += a b} of one row: k, k x m, m. */
  static void addRow(float[] a, float[][] b, float[] c, int k, int m) {
    int j = 0;
    for (; j + 3 < k; j += 4) {
      addOne(b[j], b[j + 1], b[j + 2], b[j + 3], a[j], a[j + 1], a[j + 2], a[j + 3], c, m);
    }
    for (; j < k; j++) {
      addMultiple(b[j], a[j], c, m);
    }
  }

  /** {@code c += a' b}: k x n, k x m, n x m. */
  static void addTransposed(float[][] a, float[][] b, float[][] c, int n, int k, int m) {
    int j = 0;
    for (; j + 3 < k; j += 4) {
      float[] a0 = a[j];
      float[] a1 = a[j + 1];
      float[] a2 = a[j + 2];
      float[] a3 = a[j + 3];
      int i = 0;
      for (; i + 1 < n; i += 2) {
        addTwo(
            b[j], b[j + 1], b[j + 2], b[j + 3], a0[i], a1[i], a2[i], a3[i], a0[i + 1], a1[i + 1],
            a2[i + 1], a3[i + 1], c[i], c[i + 1], m);
      }
      if (i < n) {
        addOne(b[j], b[j + 1], b[j + 2], b[j + 3], a0[i], a1[i], a2[i], a3[i], c[i], m);
      }
    }
    for (; j < k; j++) {
      for (int i = 0; i < n; i++) {
        addMultiple(b[j], a[j][i], c[i], m);
      }
    }
  }

  private static void addTwo(
      float[] b0,
      float[] b1,
      float[] b2,
      float[] b3,
      float f0,
      float f1,
      float f2,
      float f3,
      float g0,
      float g1,
      float g2,
      float g3,
      float[] c,
      float[] d,
      int m) {
    // Of a missing cell all are zero.
    if (f0 == 0 && f1 == 0 && f2 == 0 && f3 == 0 && g0 == 0 && g1 == 0 && g2 == 0 && g3 == 0) {
      return;
    }
    for (int i = 0; i < m; i++) {
      float x0 = b0[i];
      float x1 = b1[i];
      float x2 = b2[i];
      float x3 = b3[i];
      c[i] = Math.fma(f2, x2, Math.fma(f3, x3, Math.fma(f0, x0, Math.fma(f1, x1, c[i]))));
      d[i] = Math.fma(g2, x2, Math.fma(g3, x3, Math.fma(g0, x0, Math.fma(g1, x1, d[i]))));
    }
  }

  private static void addOne(
      float[] b0,
      float[] b1,
      float[] b2,
      float[] b3,
      float f0,
      float f1,
      float f2,
      float f3,
      float[] c,
      int m) {
    if (f0 == 0 && f1 == 0 && f2 == 0 && f3 == 0) {
      return;
    }
    for (int i = 0; i < m; i++) {
      c[i] =
          Math.fma(f2, b2[i], Math.fma(f3, b3[i], Math.fma(f0, b0[i], Math.fma(f1, b1[i], c[i]))));
    }
  }

  static void addMultiple(float[] b, float factor, float[] c, int m) {
    for (int i = 0; i < m; i++) {
      c[i] += factor * b[i];
    }
  }

  /** Four sums side by side: a sum is not vectorised, and one alone waits for itself. */
  static float dot(float[] a, float[] b, int length) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i + 3 < length; i += 4) {
      s0 = Math.fma(a[i], b[i], s0);
      s1 = Math.fma(a[i + 1], b[i + 1], s1);
      s2 = Math.fma(a[i + 2], b[i + 2], s2);
      s3 = Math.fma(a[i + 3], b[i + 3], s3);
    }
    for (; i < length; i++) {
      s0 = Math.fma(a[i], b[i], s0);
    }
    return s0 + s1 + (s2 + s3);
  }

  /** Rows that follow each other in one array, from a place on, as arrays. */
  static void split(float[] from, int at, float[][] into, int rows, int length) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(from, at + i * length, into[i], 0, length);
    }
  }

  /** The other way. */
  static void join(float[][] from, float[] into, int at, int rows, int length) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(from[i], 0, into, at + i * length, length);
    }
  }

  /** {@code into} is columns x rows. */
  static void transpose(float[][] from, float[][] into, int rows, int columns) {
    for (int j = 0; j < columns; j++) {
      float[] row = into[j];
      for (int i = 0; i < rows; i++) {
        row[i] = from[i][j];
      }
    }
  }
}
