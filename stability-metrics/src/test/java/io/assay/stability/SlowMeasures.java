package io.assay.stability;

/** The measures as their definitions read, by n x n matrices and plain loops. */
final class SlowMeasures {
  private SlowMeasures() {}

  /** tr[(Px + Py - 2 Py Px) S] / tr S with S = (EE')^a + (FF')^a. */
  static double eis(double[][] x, double[][] y, double[][] e, double[][] f, int alpha) {
    double[][] px = projector(x);
    double[][] py = projector(y);
    double[][] both = times(py, px);
    double[][] s = plus(power(inner(e), alpha), power(inner(f), alpha), 1);
    double[][] missed = plus(plus(px, py, 1), both, -2);
    return trace(times(missed, s)) / trace(s);
  }

  static double overlap(double[][] x, double[][] y) {
    return trace(times(projector(x), projector(y))) / Math.max(x[0].length, y[0].length);
  }

  static double pip(double[][] x, double[][] y) {
    double sum = 0;
    for (double[] row : plus(inner(x), inner(y), -1)) {
      for (double value : row) {
        sum += value * value;
      }
    }
    return Math.sqrt(sum);
  }

  /** By counting, for each item, how many are nearer: no selection, no products of matrices. */
  static double neighbours(double[][] x, double[][] y, int k) {
    int shared = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x.length; j++) {
        if (j != i && rank(x, i, j) < k && rank(y, i, j) < k) {
          shared++;
        }
      }
    }
    return (double) shared / (k * x.length);
  }

  private static int rank(double[][] x, int i, int j) {
    int nearer = 0;
    for (int other = 0; other < x.length; other++) {
      if (other != i && other != j && cosine(x[i], x[other]) > cosine(x[i], x[j])) {
        nearer++;
      }
    }
    return nearer;
  }

  static double cosine(double[] a, double[] b) {
    return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  }

  static double[][] times(double[][] a, double[][] b) {
    double[][] product = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b[0].length; j++) {
        for (int l = 0; l < b.length; l++) {
          product[i][j] += a[i][l] * b[l][j];
        }
      }
    }
    return product;
  }

  /** The orthogonal projector on the columns, by Gram and Schmidt, twice. */
  private static double[][] projector(double[][] x) {
    int n = x.length;
    double[][] projector = new double[n][n];
    double[][] basis = new double[x[0].length][];
    for (int c = 0; c < basis.length; c++) {
      double[] column = new double[n];
      for (int i = 0; i < n; i++) {
        column[i] = x[i][c];
      }
      double before = Math.sqrt(dot(column, column));
      for (int step = 0; step < 2 * c; step++) {
        double along = dot(column, basis[step % c]);
        for (int i = 0; i < n; i++) {
          column[i] -= along * basis[step % c][i];
        }
      }
      double length = Math.sqrt(dot(column, column));
      basis[c] = new double[n];
      for (int i = 0; i < n && length > 1e-10 * before; i++) {
        basis[c][i] = column[i] / length;
      }
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          projector[i][j] += basis[c][i] * basis[c][j];
        }
      }
    }
    return projector;
  }

  private static double[][] inner(double[][] x) {
    double[][] inner = new double[x.length][x.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x.length; j++) {
        inner[i][j] = dot(x[i], x[j]);
      }
    }
    return inner;
  }

  private static double[][] power(double[][] a, int exponent) {
    double[][] power = a;
    for (int i = 1; i < exponent; i++) {
      power = times(power, a);
    }
    return power;
  }

  private static double[][] plus(double[][] a, double[][] b, double weight) {
    double[][] sum = new double[a.length][a[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        sum[i][j] = a[i][j] + weight * b[i][j];
      }
    }
    return sum;
  }

  private static double trace(double[][] a) {
    double trace = 0;
    for (int i = 0; i < a.length; i++) {
      trace += a[i][i];
    }
    return trace;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
