package io.assay.assertion.statistics;

/**
 * The regularised incomplete beta function by Lentz' continued fraction (Press et al., <i>Numerical
 * Recipes</i>, 6.4), and its inverse. Relative error below 1e-12 for a + b up to 1e6.
 */
final class IncompleteBeta {
  private static final double TINY = 1e-300;
  private static final double CLOSE = 1e-16;
  private static final int MOST_STEPS = 1_000_000;

  private IncompleteBeta() {}

  /** I_x(a, b), for a and b above 0 and x in 0 .. 1. */
  static double at(double x, double a, double b) {
    if (x <= 0 || x >= 1) {
      return x <= 0 ? 0 : 1;
    }
    return x < (a + 1) / (a + b + 2) ? left(x, 1 - x, a, b) : 1 - left(1 - x, x, b, a);
  }

  private static double left(double x, double y, double a, double b) {
    double front = Deviance.binomial(a, b, x, y) * b / (a + b);
    return front * fraction(x, a, b);
  }

  private static double fraction(double x, double a, double b) {
    double c = 1;
    double d = 1 / away(1 - (a + b) * x / (a + 1));
    double h = d;
    for (int m = 1; m < MOST_STEPS; m++) {
      double even = m * (b - m) * x / ((a - 1 + 2.0 * m) * (a + 2.0 * m));
      d = 1 / away(1 + even * d);
      c = away(1 + even / c);
      h *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 1 + 2.0 * m));
      d = 1 / away(1 + odd * d);
      c = away(1 + odd / c);
      double factor = d * c;
      h *= factor;
      if (Math.abs(factor - 1) < CLOSE) {
        break;
      }
    }
    return h;
  }

  private static double away(double value) {
    return Math.abs(value) < TINY ? TINY : value;
  }

  /** The x where I_x(a, b) is p; bisection, so that it cannot go astray. */
  static double inverse(double p, double a, double b) {
    double low = 0;
    double high = 1;
    while (true) {
      double middle = low + (high - low) / 2;
      if (middle <= low || middle >= high) {
        return middle;
      }
      if (at(middle, a, b) < p) {
        low = middle;
      } else {
        high = middle;
      }
    }
  }
}
