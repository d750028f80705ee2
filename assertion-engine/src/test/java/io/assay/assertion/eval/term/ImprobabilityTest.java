package io.assay.assertion.eval.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImprobabilityTest {
  /** Percentiles of the uniform distribution on 0 .. 1. */
  private static Improbability uniform(double lowTail, double highTail) {
    List<Double> numbers = new ArrayList<>();
    for (int i = 1; i <= 99; i++) {
      numbers.add(i / 100.0);
    }
    numbers.add(lowTail);
    numbers.add(highTail);
    return new Improbability(numbers);
  }

  @Test
  void isOneForOneInTenAndTwoForOneInAHundred() {
    Improbability usual = uniform(0.005, 0.005);
    assertThat(usual.of(0.5)).isEqualTo(0, within(1e-12));
    assertThat(usual.of(0.05)).isEqualTo(1, within(1e-12));
    assertThat(usual.of(0.95)).isEqualTo(1, within(1e-12));
    assertThat(usual.of(0.015)).isEqualTo(-Math.log10(0.03), within(1e-12));
    // A hundredth beyond the outermost percentile, and e times less with each width of the tail.
    assertThat(usual.of(0.99 + 0.005)).isEqualTo(-Math.log10(0.02 / Math.E), within(1e-12));
    assertThat(usual.of(0.01 - 0.010)).isEqualTo(-Math.log10(0.02 / Math.exp(2)), within(1e-12));
  }

  @Test
  void growsWithTheDistanceFromTheMiddleAndHasABound() {
    Improbability usual = uniform(0.1, 0.2);
    double before = -1;
    for (double x = 0.5; x < 20; x += 0.001) {
      double now = usual.of(x);
      assertThat(now).isGreaterThanOrEqualTo(before);
      before = now;
    }
    assertThat(before).isEqualTo(Improbability.MOST);
    assertThat(usual.of(-1e300)).isEqualTo(Improbability.MOST);
  }

  @Test
  void aValueThatHasAlwaysBeenThereIsNotUnusualAndAnyOtherIs() {
    List<Double> numbers = new ArrayList<>(java.util.Collections.nCopies(99, 3.0));
    numbers.add(0.0);
    numbers.add(0.0);
    var usual = new Improbability(numbers);
    assertThat(usual.of(3.0)).isZero();
    assertThat(usual.of(3.1)).isEqualTo(Improbability.MOST);
    assertThat(usual.of(2.9)).isEqualTo(Improbability.MOST);
  }

  /** Against counting, over all values, how many were as far out. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void isTheShareOfValuesThatWereAsFarOut(long seed) {
    var random = new Random(seed);
    double[] values = new double[20_000];
    Arrays.setAll(values, i -> Math.exp(random.nextGaussian()));
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    List<Double> numbers = new ArrayList<>();
    for (int i = 1; i <= 99; i++) {
      numbers.add(sorted[i * values.length / 100]);
    }
    numbers.add(0.01);
    numbers.add(1.0);
    var usual = new Improbability(numbers);
    for (int i = 0; i < 500; i++) {
      double x = values[i];
      if (x > numbers.get(0) && x < numbers.get(98)) {
        double less = Arrays.stream(values).filter(v -> v <= x).count() / (double) values.length;
        double more = Arrays.stream(values).filter(v -> v >= x).count() / (double) values.length;
        double share = Math.min(1, 2 * Math.min(less, more));
        // Between two percentiles it is a straight line: within two thousandths of the share.
        assertThat(Math.pow(10, -usual.of(x))).isEqualTo(share, within(0.004));
      }
    }
  }
}
