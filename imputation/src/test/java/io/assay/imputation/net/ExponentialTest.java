package io.assay.imputation.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExponentialTest {
  @Test
  void itIsThePowerToAPlaceOfAFloat() {
    double worst = 0;
    for (int i = 0; i <= 870_000; i++) {
      float x = -i / 10_000f;
      double exact = StrictMath.exp(x);
      worst = Math.max(worst, Math.abs(Exponential.of(x) / exact - 1));
    }
    assertThat(worst).isLessThan(2e-7);
    assertThat(Exponential.of(0)).isEqualTo(1);
    assertThat((double) Exponential.of(-1e9f)).isCloseTo(0, within(1e-37));
    assertThat(Exponential.of(Float.NEGATIVE_INFINITY)).isEqualTo(Exponential.of(-87));
  }
}
