package io.assay.assertion.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrnTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 9})
  void drawsByWeight(int n) {
    long[] weights = new long[n];
    for (int i = 0; i < n; i++) {
      weights[i] = i + 1L;
    }
    assertShares(new Urn(weights), weights);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, 8, 9})
  void neverDrawsWhatWasTakenOut(int n) {
    long[] weights = new long[n];
    for (int i = 0; i < n; i++) {
      weights[i] = 2L * i + 1;
    }
    var urn = new Urn(weights);
    urn.remove(n / 2);
    weights[n / 2] = 0;
    assertShares(urn, weights);
  }

  /** Five standard deviations of 60,000 draws are at most 0.0102. */
  private static void assertShares(Urn urn, long[] weights) {
    var dice = new Dice(7, weights.length);
    int draws = 60_000;
    int[] drawn = new int[weights.length];
    for (int i = 0; i < draws; i++) {
      drawn[urn.draw(dice)]++;
    }
    for (int i = 0; i < weights.length; i++) {
      double share = (double) weights[i] / urn.total();
      assertThat((double) drawn[i] / draws).isCloseTo(share, within(0.0103));
      if (weights[i] == 0) {
        assertThat(drawn[i]).isZero();
      }
    }
  }
}
