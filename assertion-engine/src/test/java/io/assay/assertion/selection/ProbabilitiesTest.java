package io.assay.assertion.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.assay.assertion.selection.Strategy.Measure;
import org.junit.jupiter.api.Test;

class ProbabilitiesTest {
  @Test
  void measuresHowUnsureAModelIs() {
    var some = Probabilities.of(0.2, 0.5, 0.3);
    assertThat(some.uncertainty(Measure.LEAST_CONFIDENT)).isCloseTo(0.5, within(1e-12));
    assertThat(some.uncertainty(Measure.MARGIN)).isCloseTo(0.8, within(1e-12));
    double entropy = -(0.2 * Math.log(0.2) + 0.5 * Math.log(0.5) + 0.3 * Math.log(0.3));
    assertThat(some.uncertainty(Measure.ENTROPY)).isCloseTo(entropy / Math.log(3), within(1e-12));
  }

  @Test
  void certaintyIsNoUncertaintyAndEvenOddsAreMost() {
    for (Measure measure : Measure.values()) {
      assertThat(Probabilities.ofConfidence(1).uncertainty(measure)).isZero();
      double even = measure == Measure.LEAST_CONFIDENT ? 0.5 : 1;
      assertThat(Probabilities.ofConfidence(0.5).uncertainty(measure))
          .isCloseTo(even, within(1e-12));
    }
  }

  @Test
  void refusesWhatIsNoDistribution() {
    assertThatThrownBy(() -> Probabilities.of(0.2, 0.2))
        .hasMessageContaining("add up to 1, got [0.2, 0.2]");
    assertThatThrownBy(() -> Probabilities.ofConfidence(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
