package io.assay.assertion.weaklabel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.assay.assertion.statistics.ShareInterval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecisionTest {
  private static final Precision GUESS = new Precision.Estimated(0.9, 400);

  @Test
  void theLabelModelIsAskedUntilAReviewCounts() {
    assertThat(Precision.of(Reviews.none(), GUESS)).isEqualTo(GUESS);
    assertThat(Precision.of(Reviews.none().with(Finding.UNCLEAR), GUESS)).isEqualTo(GUESS);
    assertThat(Precision.of(Reviews.none())).isEqualTo(new Precision.Unknown());

    Reviews one = Reviews.none().with(Finding.UNCLEAR).with(Finding.ERROR);
    assertThat(Precision.of(one, GUESS))
        .isInstanceOfSatisfying(
            Precision.Reviewed.class,
            reviewed -> {
              assertThat(reviewed.value()).isEqualTo(0.75);
              assertThat(reviewed.reviews()).isEqualTo(new Reviews(1, 0, 1));
            });
  }

  @Test
  void unclearDoesNotCount() {
    Reviews clear = new Reviews(8, 2, 0);
    Reviews with = new Reviews(8, 2, 90);

    assertThat(with.posterior()).isEqualTo(clear.posterior());
    assertThat(with.interval()).isEqualTo(clear.interval());
    assertThat(clear.interval().orElseThrow().low()).isCloseTo(0.54750436, within(1e-8));
  }

  @Test
  void anEndWhereNothingWasFoundIsOpen() {
    assertThat(new Reviews(5, 0, 0).interval().orElseThrow())
        .extracting(ShareInterval::high)
        .isEqualTo(1.0);
    assertThat(new Reviews(0, 5, 0).interval().orElseThrow())
        .extracting(ShareInterval::low)
        .isEqualTo(0.0);
  }

  @Test
  void reviewsAddUp() {
    assertThat(new Reviews(1, 2, 3).plus(new Reviews(4, 5, 6))).isEqualTo(new Reviews(5, 7, 9));
    assertThat(Reviews.none().with(Finding.NO_ERROR)).isEqualTo(new Reviews(0, 1, 0));
  }

  @ParameterizedTest
  @CsvSource({"9, 0, true", "8, 0, false", "93, 7, true", "80, 20, false", "0, 0, false"})
  void aCorrectionIsUsedWhereReviewsAreSurelyGoodEnough(long right, long wrong, boolean used) {
    Precision precision = Precision.of(new Reviews(right, wrong, 0));

    assertThat(CorrectionGate.usual().admits(precision)).isEqualTo(used);
    assertThat(CorrectionGate.usual().weight(precision))
        .isEqualTo(used ? precision.share().orElseThrow() : 0);
  }

  @Test
  void anEstimateMustBeBetterByWhatItMayBeOff() {
    CorrectionGate gate = CorrectionGate.usual();

    assertThat(gate.weight(new Precision.Estimated(0.88, 50))).isEqualTo(0.88);
    assertThat(gate.weight(new Precision.Estimated(0.86, 5_000))).isZero();
    assertThat(gate.weight(new Precision.Unknown())).isZero();
  }

  @Test
  void whatIsNoShareIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Precision.Estimated(Double.NaN, 1))
        .withMessage("needed a share in 0 .. 1, got NaN");
    assertThatIllegalArgumentException().isThrownBy(() -> new CorrectionGate(80));
    assertThatIllegalArgumentException().isThrownBy(() -> new Reviews(-1, 0, 0));
  }
}
