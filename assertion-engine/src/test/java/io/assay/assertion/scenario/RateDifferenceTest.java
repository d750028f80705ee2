package io.assay.assertion.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateDifferenceTest {
  /** The worked examples of Newcombe's paper, table II, method 10; it prints four digits. */
  @ParameterizedTest
  @CsvSource({
    "56, 70, 48, 80,  0.0524, 0.3339",
    " 9, 10,  3, 10,  0.1705, 0.8090",
    " 6,  7,  2,  7,  0.0582, 0.8062",
    " 5, 56,  0, 29, -0.0381, 0.1926",
    " 0, 10,  0, 20, -0.1611, 0.2775",
    " 0, 10,  0, 10, -0.2775, 0.2775",
    "10, 10,  0, 20,  0.6791, 1.0000",
    "10, 10,  0, 10,  0.6075, 1.0000"
  })
  void agreesWithThePaper(long a, long m, long b, long n, double low, double high) {
    RateDifference difference = RateDifference.of(new Rate(b, n, 0), new Rate(a, m, 0));

    assertThat(difference.difference()).isEqualTo((double) a / m - (double) b / n);
    assertThat(difference.low()).isCloseTo(low, within(5e-5));
    assertThat(difference.high()).isCloseTo(high, within(5e-5));
  }

  @Test
  void nothingJudgedHasNoRate() {
    assertThat(new Rate(0, 0, 7).value()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RateDifference.of(new Rate(0, 0, 7), new Rate(0, 1, 0)));
  }
}
