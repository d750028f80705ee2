package io.assay.assertion.statistics;

/**
 * Poisson and binomial probabilities without cancellation, also of real arguments and large ones
 * (Loader, <i>Fast and accurate computation of binomial probabilities</i>, 2000). They are the
 * factors in front of the incomplete gamma and beta functions.
 */
final class Deviance {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  /** Coefficients of Lanczos' approximation with g = 607 / 128 (Godfrey, 2001). */
  private static final double[] LANCZOS = {
    0.9999999999999971,
    57.15623566586292,
    -59.59796035547549,
    14.136097974741746,
    -0.4919138160976202,
    3.399464998481189e-5,
    4.652362892704858e-5,
    -9.837447530487956e-5,
    1.580887032249125e-4,
    -2.1026444172410488e-4,
    2.1743961811521265e-4,
    -1.643181065367639e-4,
    8.441822398385275e-5,
    -2.6190838401581408e-5,
    3.6899182659531625e-6,
  };

  private Deviance() {}

  /** {@code x^k e^-x / gamma(k + 1)} for k, x above 0. */
  static double poisson(double k, double x) {
    return Math.exp(-stirlingError(k) - deviance(k, x)) / Math.sqrt(2 * Math.PI * k);
  }

  /** {@code n choose k times p^k q^(n - k)} with n = k + m, for k, m, p, q above 0, p + q = 1. */
  static double binomial(double k, double m, double p, double q) {
    double n = k + m;
    double exponent =
        stirlingError(n)
            - stirlingError(k)
            - stirlingError(m)
            - deviance(k, n * p)
            - deviance(m, n * q);
    return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * k * m));
  }

  /** {@code ln gamma(n + 1) - (n + 1/2) ln n + n - ln(2 pi) / 2}. */
  private static double stirlingError(double n) {
    if (n < 16) {
      return logGamma(n + 1) - (n + 0.5) * Math.log(n) + n - HALF_LOG_TWO_PI;
    }
    double r = 1 / (n * n);
    double tail = 1.0 / 1260 - r * (1.0 / 1680 - r * (1.0 / 1188 - r * (691.0 / 360360 - r / 156)));
    return (1.0 / 12 - r * (1.0 / 360 - r * tail)) / n;
  }

  /** {@code ln gamma(x)} for x above 0. */
  static double logGamma(double x) {
    double sum = 0;
    for (int i = LANCZOS.length - 1; i > 0; i--) {
      sum += LANCZOS[i] / (x + i);
    }
    double t = x + 607.0 / 128 + 0.5;
    return (x + 0.5) * Math.log(t) - t + HALF_LOG_TWO_PI + Math.log((sum + LANCZOS[0]) / x);
  }

  /** {@code x ln(x / m) + m - x}, accurately where both are near. */
  private static double deviance(double x, double m) {
    if (Math.abs(x - m) >= 0.1 * (x + m)) {
      return x * Math.log(x / m) + m - x;
    }
    double v = (x - m) / (x + m);
    double sum = (x - m) * v;
    double term = 2 * x * v;
    for (int j = 1; j < 1000; j++) {
      term *= v * v;
      double next = sum + term / (2 * j + 1);
      if (next == sum) {
        break;
      }
      sum = next;
    }
    return sum;
  }
}
