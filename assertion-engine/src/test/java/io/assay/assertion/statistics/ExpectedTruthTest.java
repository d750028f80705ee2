package io.assay.assertion.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectedTruthTest {
  /** 0.9 and 0.6 predicted, 0.2 not: 1.5 of 2 true; 1.7 are true in all; 2.3 of 3 right. */
  @Test
  void isWorkedOutByHand() {
    var expected = new ExpectedTruth();
    expected.add(true, 0.9);
    expected.add(true, 0.6);
    expected.add(false, 0.2);
    assertThat(expected.precision()).hasValue(0.75);
    assertThat(expected.recall().orElseThrow()).isCloseTo(1.5 / 1.7, within(1e-15));
    assertThat(expected.accuracy().orElseThrow()).isCloseTo(2.3 / 3, within(1e-15));
  }

  @Test
  void nothingIsSaidOfNothing() {
    var expected = new ExpectedTruth();
    expected.add(true, Double.NaN);
    expected.add(true, 1.5);
    assertThat(expected.precision()).isEmpty();
    assertThat(expected.recall()).isEmpty();
    assertThat(expected.accuracy()).isEmpty();
    assertThat(expected.auc()).isEmpty();
  }

  /** Where scores are right, the estimates are what truth comes to in the long run. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void comesTrueOfCalibratedScores(long seed) {
    var random = new Random(seed);
    var expected = new ExpectedTruth();
    var area = new ExpectedTruth();
    var ranked = new RankedScores();
    var confusion = new Confusion();
    for (int i = 0; i < 100_000; i++) {
      double score = random.nextDouble();
      boolean truth = random.nextDouble() < score;
      expected.add(score > 0.3, score);
      area.add(score);
      ranked.add(score, truth);
      confusion.add(score > 0.3, truth);
    }
    // five deviations of a share of some 30,000
    var near = within(0.015);
    assertThat(expected.precision().orElseThrow())
        .isCloseTo(confusion.precision().orElseThrow(), near);
    assertThat(expected.recall().orElseThrow()).isCloseTo(confusion.recall().orElseThrow(), near);
    assertThat(expected.accuracy().orElseThrow())
        .isCloseTo(confusion.accuracy().orElseThrow(), near);
    assertThat(area.auc().orElseThrow()).isCloseTo(ranked.auc().orElseThrow(), near);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void partsInAnyOrderGiveTheSameBytes(long seed) {
    var random = new Random(seed);
    var whole = new ExpectedTruth();
    var left = new ExpectedTruth();
    var right = new ExpectedTruth();
    for (int i = 0; i < 1_000; i++) {
      double score = random.nextDouble();
      ExpectedTruth part = random.nextBoolean() ? left : right;
      for (ExpectedTruth one : new ExpectedTruth[] {whole, part}) {
        one.add(score > 0.5, score);
        one.add(score);
      }
    }
    right.merge(left);
    assertThat(right.toBytes()).isEqualTo(whole.toBytes());
    assertThat(ExpectedTruth.read(whole.toBytes()).toBytes()).isEqualTo(whole.toBytes());
  }
}
