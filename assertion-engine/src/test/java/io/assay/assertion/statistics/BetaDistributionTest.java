package io.assay.assertion.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BetaDistributionTest {

  /** SciPy 1.17, {@code beta.ppf([.05, .95], having + .5, others + .5)}. */
  @ParameterizedTest
  @CsvSource({
    "8, 2, 0.54750436, 0.93978628, 0.77272727",
    "50, 50, 0.41851215, 0.58148785, 0.5",
    "0, 5, 0.000374, 0.30574558, 0.08333333",
    "93, 7, 0.87874918, 0.96315836, 0.92574257"
  })
  void isAsComputedElsewhere(double having, double others, double low, double high, double mean) {
    BetaDistribution seen = BetaDistribution.jeffreys().after(having, others);

    assertThat(seen.interval(0.9).low()).isCloseTo(low, within(1e-8));
    assertThat(seen.interval(0.9).high()).isCloseTo(high, within(1e-8));
    assertThat(seen.mean()).isCloseTo(mean, within(1e-8));
  }

  @Test
  void uniformIsTheShareItself() {
    assertThat(BetaDistribution.uniform().atMost(0.3)).isCloseTo(0.3, within(1e-12));
    assertThat(BetaDistribution.uniform().quantile(0.3)).isCloseTo(0.3, within(1e-12));
  }

  @Test
  void nothingIsNoShareOfNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> new BetaDistribution(0, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BetaDistribution.jeffreys().after(-1, 0))
        .withMessage("needed counts of at least 0, got -1.0 and 0.0");
  }
}
