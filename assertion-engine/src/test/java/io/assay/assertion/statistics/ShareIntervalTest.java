package io.assay.assertion.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareIntervalTest {
  /** Newcombe, Two-sided confidence intervals for the single proportion, 1998, table I. */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2527, 0.3676, 0.2553, 0.3662",
    "15, 148, 0.0578, 0.1617, 0.0624, 0.1605",
    "0, 20, 0, 0.1684, 0, 0.1611",
    "1, 29, 0.0009, 0.1776, 0.0061, 0.1718"
  })
  void agreesWithNewcombesTable(
      long held, long told, double exactLow, double exactHigh, double low, double high) {
    ShareInterval exact = ShareInterval.clopperPearson(held, told, 0.95);
    ShareInterval wilson = ShareInterval.wilson(held, told, 0.95);

    assertThat(exact.low()).isEqualTo(exactLow, within(5e-5));
    assertThat(exact.high()).isEqualTo(exactHigh, within(5e-5));
    assertThat(wilson.low()).isEqualTo(low, within(5e-5));
    assertThat(wilson.high()).isEqualTo(high, within(5e-5));
  }

  /** At the bounds, what was seen or more extreme has half the rest of the confidence. */
  @ParameterizedTest
  @CsvSource({"3, 10, 0.9", "1, 50, 0.95", "49, 50, 0.99", "200, 1000, 0.95"})
  void clopperPearsonLeavesHalfOfTheRestOutsideOnEachSide(int held, int told, double confidence) {
    ShareInterval interval = ShareInterval.clopperPearson(held, told, confidence);

    assertThat(atLeast(held, told, interval.low())).isEqualTo((1 - confidence) / 2, within(1e-11));
    assertThat(1 - atLeast(held + 1, told, interval.high()))
        .isEqualTo((1 - confidence) / 2, within(1e-11));
  }

  /** Wilson's bounds are where the score test says the confidence's deviation exactly. */
  @ParameterizedTest
  @CsvSource({"3, 10", "1, 50", "49, 50", "200, 1000"})
  void wilsonsBoundsAreTheScoreTests(int held, int told) {
    ShareInterval interval = ShareInterval.wilson(held, told, 0.95);
    double share = (double) held / told;

    for (double bound : new double[] {interval.low(), interval.high()}) {
      double deviations = Math.abs(share - bound) / Math.sqrt(bound * (1 - bound) / told);
      assertThat(deviations).isEqualTo(1.959963984540054, within(1e-11));
    }
  }

  @Test
  void isTheMirrorImageForTheRest() {
    ShareInterval some = ShareInterval.clopperPearson(7, 30, 0.95);
    ShareInterval rest = ShareInterval.clopperPearson(23, 30, 0.95);

    assertThat(some.low()).isEqualTo(1 - rest.high(), within(1e-14));
    assertThat(ShareInterval.clopperPearson(30, 30, 0.9).high()).isOne();
    assertThat(ShareInterval.wilson(0, 30, 0.9).low()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0.9", "3, 2, 0.9", "-1, 2, 0.9", "1, 2, 0", "1, 2, 1", "1, 2, NaN"})
  void refusesWhatIsNoSample(long held, long told, double confidence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ShareInterval.wilson(held, told, confidence));
  }

  /** P(X >= held) of a binomial X, term by term. */
  private static double atLeast(int held, int told, double share) {
    double sum = 0;
    for (int k = held; k <= told; k++) {
      double log = 0;
      for (int i = 1; i <= told - k; i++) {
        log += Math.log((double) (k + i) / i);
      }
      sum += Math.exp(log + k * Math.log(share) + (told - k) * Math.log1p(-share));
    }
    return sum;
  }
}
