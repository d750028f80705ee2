package io.assay.stability.linalg;

/** One reflection of QR, on columns; norms are taken of scaled numbers, so none overflows. */
final class Householder {
  private Householder() {}

  /** Turns column j below the diagonal to zero and reflects the columns behind it. */
  static void eliminate(double[][] columns, int j) {
    double[] v = columns[j];
    double norm = norm(v, j);
    if (norm == 0) {
      return;
    }
    double head = v[j];
    double alpha = head > 0 ? -norm : norm;
    // v / (head - alpha): its first is 1, and no product of it overflows
    double divisor = head - alpha;
    for (int i = j + 1; i < v.length; i++) {
      v[i] /= divisor;
    }
    double tau = (alpha - head) / alpha;
    for (int c = j + 1; c < columns.length; c++) {
      reflect(v, tau, columns[c], j);
    }
    v[j] = alpha;
  }

  private static void reflect(double[] v, double tau, double[] column, int j) {
    double dot = column[j];
    for (int i = j + 1; i < v.length; i++) {
      dot += v[i] * column[i];
    }
    double step = tau * dot;
    column[j] -= step;
    for (int i = j + 1; i < v.length; i++) {
      column[i] -= step * v[i];
    }
  }

  private static double norm(double[] v, int from) {
    double max = 0;
    for (int i = from; i < v.length; i++) {
      max = Math.max(max, Math.abs(v[i]));
    }
    if (max == 0) {
      return 0;
    }
    double sum = 0;
    for (int i = from; i < v.length; i++) {
      double part = v[i] / max;
      sum += part * part;
    }
    return max * Math.sqrt(sum);
  }
}
