package io.assay.imputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.assay.imputation.LaterTruth.Score;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LaterTruthTest {
  @Test
  void whatKeepsItsPromiseIsCalibrated() {
    var truth = new LaterTruth();
    var random = new SplittableRandom(1);
    for (int i = 0; i < LaterTruth.NEWEST; i++) {
      double confidence = 0.4 + 0.6 * random.nextDouble();
      truth.ofCategory("region", confidence, random.nextDouble() < confidence);
    }
    Score score = score(truth, "region");
    assertThat(score.accuracy().orElseThrow()).isCloseTo(score.confidence(), offset(0.04));
    assertThat(score.calibrationError()).isLessThan(0.06);
    assertThat(score.nrmse()).isEmpty();
  }

  @Test
  void whatBoastsIsNot() {
    var truth = new LaterTruth();
    for (int i = 0; i < 200; i++) {
      truth.ofCategory("region", 0.9, i % 2 == 0);
    }
    assertThat(score(truth, "region").calibrationError()).isCloseTo(0.4, offset(1e-12));
  }

  @Test
  void numbersHaveErrorsInDeviationsAndIntervals() {
    var truth = new LaterTruth();
    truth.ofNumber("income", 0.5, 0.3, true);
    truth.ofNumber("income", 0.5, -0.4, true);
    truth.ofNumber("income", 0.5, 1.2, false);
    Score score = score(truth, "income");
    assertThat(score.nrmse().orElseThrow())
        .isCloseTo(Math.sqrt((0.09 + 0.16 + 1.44) / 3), offset(1e-12));
    assertThat(score.covered().orElseThrow()).isCloseTo(2 / 3.0, offset(1e-12));
    assertThat(score.right()).isCloseTo(2 / 3.0, offset(1e-12));
    assertThat(score.accuracy()).isEmpty();
  }

  @Test
  void theNewestDecide() {
    var truth = new LaterTruth();
    for (int i = 0; i < 2 * LaterTruth.NEWEST; i++) {
      truth.ofCategory("region", 0.8, i >= LaterTruth.NEWEST);
    }
    Score score = score(truth, "region");
    assertThat(score.cells()).isEqualTo(2 * LaterTruth.NEWEST);
    assertThat(score.accuracy()).hasValue(1);
  }

  @Test
  void whatIsNoneIsRefused() {
    var truth = new LaterTruth();
    truth.ofCategory("region", 0.5, true);
    assertThatThrownBy(() -> truth.ofCategory("region", 1.5, true))
        .hasMessage("a confidence of 0 to 1 is needed, got 1.5");
    assertThatThrownBy(() -> truth.ofNumber("income", 0.5, Double.NaN, true))
        .hasMessage("a finite error is needed, got NaN");
    assertThatThrownBy(() -> truth.ofNumber("region", 0.5, 0, true))
        .hasMessage("'region' is a column of categories");
  }

  private static Score score(LaterTruth truth, String column) {
    return Objects.requireNonNull(truth.scores().get(column));
  }
}
