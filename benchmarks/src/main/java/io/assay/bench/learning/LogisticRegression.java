package io.assay.bench.learning;

/**
 * Minimises the weighted log loss plus {@code ridge / 2} times the squared weights, the intercept's
 * included, by Newton's method. For few columns: O(rows x columns²) a step.
 */
final class LogisticRegression {
  private static final int STEPS = 50;

  private final double[] weights;

  private LogisticRegression(double[] weights) {
    this.weights = weights;
  }

  /**
   * Fits.
   *
   * @param x a row for each label
   * @param y 0 or 1, or between
   * @param importance of each label, at least 0
   */
  static LogisticRegression fit(double[][] x, double[] y, double[] importance, double ridge) {
    int d = x[0].length + 1;
    double[] w = new double[d];
    double loss = loss(x, y, importance, ridge, w);
    for (int step = 0; step < STEPS; step++) {
      double[] gradient = new double[d];
      double[][] hessian = new double[d][d];
      derive(x, y, importance, ridge, w, gradient, hessian);
      Cholesky.solve(hessian, gradient);
      double size = 1;
      double[] next = minus(w, gradient, size);
      double nextLoss = loss(x, y, importance, ridge, next);
      while (nextLoss > loss && size > 1e-6) {
        size /= 2;
        next = minus(w, gradient, size);
        nextLoss = loss(x, y, importance, ridge, next);
      }
      boolean done = loss - nextLoss < 1e-9 * (1 + loss);
      w = next;
      loss = nextLoss;
      if (done) {
        break;
      }
    }
    return new LogisticRegression(w);
  }

  private static double[] minus(double[] w, double[] step, double size) {
    double[] result = w.clone();
    for (int j = 0; j < w.length; j++) {
      result[j] -= size * step[j];
    }
    return result;
  }

  private static double loss(
      double[][] x, double[] y, double[] importance, double ridge, double[] w) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double z = score(w, x[i]);
      // log(1 + e^z) - y z, without overflow.
      sum += importance[i] * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - y[i] * z);
    }
    for (int j = 0; j < w.length; j++) {
      sum += ridge / 2 * w[j] * w[j];
    }
    return sum;
  }

  private static void derive(
      double[][] x,
      double[] y,
      double[] importance,
      double ridge,
      double[] w,
      double[] gradient,
      double[][] hessian) {
    int d = w.length;
    for (int i = 0; i < x.length; i++) {
      double p = probability(w, x[i]);
      double residual = importance[i] * (p - y[i]);
      double curvature = importance[i] * p * (1 - p);
      for (int a = 0; a < d; a++) {
        double left = a == 0 ? 1 : x[i][a - 1];
        gradient[a] += residual * left;
        for (int b = 0; b <= a; b++) {
          hessian[a][b] += curvature * left * (b == 0 ? 1 : x[i][b - 1]);
        }
      }
    }
    for (int j = 0; j < d; j++) {

      gradient[j] += ridge * w[j];
      hessian[j][j] += ridge;
    }
  }

  double probability(double[] row) {
    return probability(weights, row);
  }

  private static double probability(double[] w, double[] row) {
    return 1 / (1 + Math.exp(-score(w, row)));
  }

  private static double score(double[] w, double[] row) {
    double z = w[0];
    for (int j = 0; j < row.length; j++) {
      z += w[j + 1] * row[j];
    }
    return z;
  }

  double[] probabilities(double[][] rows) {
    double[] p = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      p[i] = probability(rows[i]);
    }
    return p;
  }
}
