package io.assay.assertion.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** PSI, Jensen-Shannon, chi-squared and Kolmogorov-Smirnov against slow versions and tables. */
class DistributionsTest {
  static LongStream seeds() {
    return Splits.seeds();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void psiIsTheSumOfBothRelativeEntropies(long seed) {
    long[] a = filled(seed);
    long[] b = filled(seed + 1000);
    double p = Arrays.stream(a).sum();
    double q = Arrays.stream(b).sum();
    double forth = 0;
    double back = 0;
    for (int i = 0; i < a.length; i++) {
      forth += b[i] / q * (Math.log(b[i] / q) - Math.log(a[i] / p));
      back += a[i] / p * (Math.log(a[i] / p) - Math.log(b[i] / q));
    }

    assertThat(Divergence.psi(of(a), of(b)).orElseThrow()).isEqualTo(forth + back, within(1e-13));
    assertThat(Divergence.psi(of(b), of(a)).orElseThrow()).isEqualTo(forth + back, within(1e-13));
    assertThat(Divergence.psi(of(a), of(a))).hasValue(0);
    assertThat(Divergence.psi(of(a), times(b, 7)).orElseThrow())
        .isEqualTo(forth + back, within(1e-13));
  }

  @Test
  void psiCountsAnEmptyBinAsHalfAnEvent() {
    double q = 0.5 / 20.5;
    double rest = 20 / 20.5;
    double expected = (q - 0.5) * Math.log(q / 0.5) + (rest - 0.5) * Math.log(rest / 0.5);

    assertThat(Divergence.psi(of(10, 10, 0), of(0, 20, 0)).orElseThrow())
        .isEqualTo(expected, within(1e-15));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void jensenShannonIsTheEntropyOfTheMiddleLessTheMeanEntropy(long seed) {
    long[] a = filled(seed);
    long[] b = filled(seed + 1000);
    a[0] = 0;
    b[1] = 0;
    double[] p = shares(a);
    double[] q = shares(b);
    double[] middle = new double[p.length];
    Arrays.setAll(middle, i -> (p[i] + q[i]) / 2);
    double expected = bits(middle) - (bits(p) + bits(q)) / 2;

    assertThat(Divergence.jensenShannon(of(a), of(b)).orElseThrow())
        .isEqualTo(expected, within(1e-13));
    assertThat(Divergence.jensenShannon(of(b), of(a)).orElseThrow())
        .isEqualTo(expected, within(1e-13));
    assertThat(Divergence.jensenShannon(of(a), times(a, 3)).orElseThrow())
        .isEqualTo(0, within(1e-15));
    assertThat(Divergence.jensenShannon(of(5, 0, 0), of(0, 9, 0))).hasValue(1);
  }

  /** The textbook's sum of (observed - expected)^2 / expected over both rows. */
  @ParameterizedTest
  @MethodSource("seeds")
  void chiSquaredIsPearsonsStatisticOfTheTable(long seed) {
    long[] a = filled(seed);
    long[] b = filled(seed + 1000);
    double m = Arrays.stream(a).sum();
    double n = Arrays.stream(b).sum();
    double expected = 0;
    for (int i = 0; i < a.length; i++) {
      double before = m * (a[i] + b[i]) / (m + n);
      double now = n * (a[i] + b[i]) / (m + n);
      expected += (a[i] - before) * (a[i] - before) / before + (b[i] - now) * (b[i] - now) / now;
    }

    TestResult result = ChiSquared.test(of(a), of(b)).orElseThrow();

    assertThat(result.statistic()).isEqualTo(expected, within(1e-10 * (1 + expected)));
    assertThat(result.pValue())
        .isEqualTo(
            IncompleteGamma.upper((a.length - 1) / 2.0, result.statistic() / 2), within(1e-15));
    long[] wider = Arrays.copyOf(a, a.length + 3);
    assertThat(ChiSquared.test(of(wider), of(Arrays.copyOf(b, b.length + 3)))).hasValue(result);
  }

  /** One degree of freedom is the square of a normal deviation: 0.05 at 1.96 squared. */
  @Test
  void chiSquaredOfTwoBinsIsTheTestOfTwoShares() {
    TestResult result = ChiSquared.test(of(60, 40), of(45, 55)).orElseThrow();

    double pooled = 105 / 200.0;
    double z = (0.60 - 0.45) / Math.sqrt(pooled * (1 - pooled) * (2 / 100.0));
    assertThat(result.statistic()).isEqualTo(z * z, within(1e-13));
    assertThat(result.pValue()).isEqualTo(0.03367206885634585, within(1e-14));
    assertThat(ChiSquared.test(of(60, 0), of(45, 0)).orElseThrow()).isEqualTo(new TestResult(0, 1));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void kolmogorovSmirnovIsExactOnBinsOfSingleNumbers(long seed) {
    double[] a = new Random(seed).doubles(80).map(x -> Math.rint(30 * x)).toArray();
    double[] b = new Random(seed + 99).doubles(50).map(x -> Math.rint(30 * x * x)).toArray();
    NumberBins bins = NumberBins.ofWidth(-0.5, 30.5, 31);
    double most = 0;
    for (int at = 0; at <= 30; at++) {
      int edge = at;
      double before = (double) Arrays.stream(a).filter(x -> x <= edge).count() / a.length;
      double now = (double) Arrays.stream(b).filter(x -> x <= edge).count() / b.length;
      most = Math.max(most, Math.abs(before - now));
    }

    TestResult result = KolmogorovSmirnov.test(of(bins, a), of(bins, b)).orElseThrow();

    assertThat(result.statistic()).isEqualTo(most, within(1e-15));
    assertThat(result.pValue())
        .isEqualTo(KolmogorovSmirnov.exceeding(most * Math.sqrt(80 * 50 / 130.0)), within(1e-14));
  }

  /** The critical values of every table of the two-sample test, to their last digit. */
  @ParameterizedTest
  @CsvSource({"1.22385, 0.1", "1.35810, 0.05", "1.62762, 0.01", "1.94947, 0.001"})
  void kolmogorovsDistributionHasTheCriticalValuesOfTheTables(double x, double p) {
    assertThat(KolmogorovSmirnov.exceeding(x - 5e-6)).isGreaterThan(p);
    assertThat(KolmogorovSmirnov.exceeding(x + 5e-6)).isLessThan(p);
  }

  @Test
  void kolmogorovsTwoSeriesMeet() {
    for (double x = 0.6; x < 2; x += 0.01) {
      double sum = 0;
      for (int j = 1; j < 200; j++) {
        sum += (j % 2 == 1 ? 2 : -2) * Math.exp(-2.0 * j * j * x * x);
      }
      assertThat(KolmogorovSmirnov.exceeding(x)).isEqualTo(sum, within(1e-13));
    }
    assertThat(KolmogorovSmirnov.exceeding(0)).isOne();
    assertThat(KolmogorovSmirnov.exceeding(0.01)).isOne();
  }

  /** Under equal distributions p is below a level that often; both tests hold their level. */
  @Test
  void pValuesAreBelowALevelAsOftenAsItSays() {
    var random = new Random(5);
    NumberBins bins = NumberBins.ofWidth(0, 1, 20);
    int chi = 0;
    int ks = 0;
    for (int trial = 0; trial < 2000; trial++) {
      BinCounts a = of(bins, random.doubles(400).toArray());
      BinCounts b = of(bins, random.doubles(300).toArray());
      chi += ChiSquared.test(a, b).orElseThrow().pValue() <= 0.05 ? 1 : 0;
      ks += KolmogorovSmirnov.test(a, b).orElseThrow().pValue() <= 0.05 ? 1 : 0;
    }

    assertThat(chi / 2000.0).isEqualTo(0.05, within(0.015));
    assertThat(ks / 2000.0).isBetween(0.015, 0.055);
  }

  @Test
  void missingValuesShiftWhatTheyShould() {
    BinCounts before = of(50, 50, 0);
    BinCounts now = of(50, 50, 100);

    assertThat(Divergence.psi(before, now).orElseThrow()).isGreaterThan(1);
    assertThat(ChiSquared.test(before, now).orElseThrow().pValue()).isLessThan(1e-9);
    assertThat(KolmogorovSmirnov.test(before, now)).hasValue(new TestResult(0, 1));
  }

  @Test
  void nothingIsSaidOfNoEventsNorOfOtherBins() {
    assertThat(Divergence.psi(of(0, 0), of(1, 2))).isEmpty();
    assertThat(Divergence.jensenShannon(of(1, 0), of(0, 0))).isEmpty();
    assertThat(ChiSquared.test(of(1, 0), of(0, 0))).isEmpty();
    assertThat(KolmogorovSmirnov.test(of(0, 9), of(3, 0))).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Divergence.psi(of(1, 2), of(1, 2, 3)))
        .withMessage("counts are compared over the same bins, got 2 and 3");
  }

  private static long[] filled(long seed) {
    return new Random(seed).longs(7, 1, seed % 2 == 0 ? 30 : 1_000_000).toArray();
  }

  private static double[] shares(long[] counts) {
    double total = Arrays.stream(counts).sum();
    return Arrays.stream(counts).mapToDouble(count -> count / total).toArray();
  }

  private static double bits(double[] shares) {
    return -Arrays.stream(shares).map(p -> p == 0 ? 0 : p * Math.log(p) / Math.log(2)).sum();
  }

  private static BinCounts times(long[] counts, int factor) {
    return of(Arrays.stream(counts).map(count -> factor * count).toArray());
  }

  private static BinCounts of(NumberBins bins, double[] values) {
    var counts = new BinCounts(bins.size());
    Arrays.stream(values).forEach(value -> counts.add(bins.bin(value)));
    return counts;
  }

  private static BinCounts of(long... counts) {
    var out = new StatisticWriter(1).writeUnsigned(counts.length);
    Arrays.stream(counts).forEach(out::writeUnsigned);
    return BinCounts.read(out.toBytes());
  }
}
