package io.assay.assertion.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against finite sums in exact arithmetic, and tables. */
class IncompleteFunctionsTest {
  private static final MathContext FIFTY = new MathContext(50);
  private static final Percentage CLOSE = Percentage.withPercentage(1e-10);

  /** Q(k, x) of a whole k is the Poisson sum e^-x (1 + x + x^2 / 2 + … + x^(k-1) / (k-1)!). */
  @ParameterizedTest
  @CsvSource({
    "1, 0.1",
    "1, 30",
    "2, 1",
    "5, 0.5",
    "5, 5",
    "5, 40",
    "20, 15",
    "20, 20.5",
    "20, 60",
    "300, 250",
    "300, 300",
    "300, 400",
    "5000, 4900",
    "5000, 5100"
  })
  void upperGammaIsAPoissonSum(int k, double x) {
    BigDecimal term = BigDecimal.ONE;
    BigDecimal sum = BigDecimal.ONE;
    for (int i = 1; i < k; i++) {
      term = term.multiply(new BigDecimal(x)).divide(BigDecimal.valueOf(i), FIFTY);
      sum = sum.add(term, FIFTY);
    }
    double expected = sum.multiply(exp(-x), FIFTY).doubleValue();

    assertThat(IncompleteGamma.upper(k, x)).isCloseTo(expected, CLOSE);
  }

  /** I_x(a, b) of whole a and b is the binomial sum of n = a + b - 1 from a. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 0.3",
    "2, 3, 0.5",
    "3, 2, 0.9",
    "10, 20, 0.1",
    "10, 20, 0.33",
    "50, 2, 0.95",
    "400, 600, 0.41",
    "1, 900, 0.001",
    "2000, 2000, 0.49"
  })
  void betaIsABinomialSum(int a, int b, double x) {
    int n = a + b - 1;
    BigDecimal p = new BigDecimal(x);
    BigDecimal q = BigDecimal.ONE.subtract(p);
    BigInteger choose = BigInteger.ONE;
    BigDecimal sum = BigDecimal.ZERO;
    for (int k = 0; k <= n; k++) {
      if (k >= a) {
        sum =
            sum.add(
                new BigDecimal(choose)
                    .multiply(p.pow(k, FIFTY), FIFTY)
                    .multiply(q.pow(n - k, FIFTY), FIFTY),
                FIFTY);
      }
      choose = choose.multiply(BigInteger.valueOf(n - k)).divide(BigInteger.valueOf(k + 1L));
    }

    assertThat(IncompleteBeta.at(x, a, b)).isCloseTo(sum.doubleValue(), CLOSE);
    assertThat(IncompleteBeta.at(x, a, b) + IncompleteBeta.at(1 - x, b, a))
        .isEqualTo(1, within(1e-12));
  }

  /** Quantiles of the chi-squared distribution as every table has them, to its last digit. */
  @ParameterizedTest
  @CsvSource({
    "1, 3.841458820694124, 0.05", "1, 6.634896601021213, 0.01", "2, 5.991464547107979, 0.05",
    "3, 7.814727903251179, 0.05", "10, 18.307038053275146, 0.05", "100, 124.34211340400407, 0.05"
  })
  void chiSquaredHasTheQuantilesOfTheTables(int degrees, double quantile, double p) {
    assertThat(IncompleteGamma.upper(degrees / 2.0, quantile / 2)).isEqualTo(p, within(1e-13));
  }

  @Test
  void logGammaKnowsFactorialsAndHalves() {
    double factorial = 1;
    for (int n = 1; n < 20; n++) {
      assertThat(Deviance.logGamma(n)).isEqualTo(Math.log(factorial), within(2e-14 * n));
      factorial *= n;
    }
    assertThat(Deviance.logGamma(0.5)).isEqualTo(Math.log(Math.PI) / 2, within(1e-14));
    assertThat(Deviance.logGamma(2.5))
        .isEqualTo(Math.log(0.75 * Math.sqrt(Math.PI)), within(1e-14));
  }

  @Test
  void endsAreCertain() {
    assertThat(IncompleteGamma.upper(3, 0)).isOne();
    assertThat(IncompleteGamma.upper(3, Double.POSITIVE_INFINITY)).isZero();
    assertThat(IncompleteBeta.at(0, 2, 3)).isZero();
    assertThat(IncompleteBeta.at(1, 2, 3)).isOne();
    assertThat(IncompleteBeta.at(IncompleteBeta.inverse(0.2, 7, 3), 7, 3))
        .isEqualTo(0.2, Offset.offset(1e-14));
  }

  /** By its series, of a fraction small enough, then squared back. */
  private static BigDecimal exp(double x) {
    BigDecimal small = new BigDecimal(x).divide(BigDecimal.valueOf(1 << 20), FIFTY);
    BigDecimal term = BigDecimal.ONE;
    BigDecimal sum = BigDecimal.ONE;
    for (int i = 1; i < 30; i++) {
      term = term.multiply(small).divide(BigDecimal.valueOf(i), FIFTY);
      sum = sum.add(term, FIFTY);
    }
    return sum.pow(1 << 20, FIFTY);
  }
}
