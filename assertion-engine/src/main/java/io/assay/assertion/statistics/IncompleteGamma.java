package io.assay.assertion.statistics;

/**
 * The regularised incomplete gamma functions, by the series below x = a + 1 and by Lentz' continued
 * fraction above (Press et al., <i>Numerical Recipes</i>, 6.2). Relative error below 1e-12 for a up
 * to 1e5.
 */
final class IncompleteGamma {
  private static final double TINY = 1e-300;
  private static final double CLOSE = 1e-16;
  private static final int MOST_STEPS = 1_000_000;

  private IncompleteGamma() {}

  /** Q(a, x): what a gamma variable of shape a exceeds x with, for a above 0 and x not below. */
  static double upper(double a, double x) {
    if (x <= 0) {
      return 1;
    }
    if (x == Double.POSITIVE_INFINITY) {
      return 0;
    }
    return x < a + 1 ? 1 - series(a, x) : fraction(a, x);
  }

  private static double series(double a, double x) {
    double term = 1;
    double sum = 1;
    for (int i = 1; i < MOST_STEPS && term > sum * CLOSE; i++) {
      term *= x / (a + i);
      sum += term;
    }
    return Deviance.poisson(a, x) * sum;
  }

  private static double fraction(double a, double x) {
    double b = x + 1 - a;
    double c = 1 / TINY;
    double d = 1 / b;
    double h = d;
    for (int i = 1; i < MOST_STEPS; i++) {
      double an = -i * (i - a);
      b += 2;
      d = away(an * d + b);
      c = away(b + an / c);
      d = 1 / d;
      double factor = d * c;
      h *= factor;
      if (Math.abs(factor - 1) < CLOSE) {
        break;
      }
    }
    return Deviance.poisson(a, x) * a * h;
  }

  /** From zero. */
  private static double away(double value) {
    return Math.abs(value) < TINY ? TINY : value;
  }
}
