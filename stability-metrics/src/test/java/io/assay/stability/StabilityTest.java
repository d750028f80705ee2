package io.assay.stability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes out is what the definitions say, and what cannot come out is refused. */
class StabilityTest {
  static LongStream seeds() {
    return LongStream.range(0, 8);
  }

  @Test
  void theHandCaseComesOut() {
    Embedding x = Embedding.of(new double[][] {{1}, {0}, {0}});
    Embedding y = Embedding.of(new double[][] {{0.6}, {0.8}, {0}});
    Embedding identity = Embedding.of(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
    StabilityReport report =
        Stability.compare(x, y, Anchors.of(identity, identity), Settings.usual().withNeighbours(2));
    assertThat(report.terms().eis()).isCloseTo(32.0 / 75, within(1e-15));
    assertThat(report.terms().overlap()).isCloseTo(9.0 / 25, within(1e-15));
    assertThat(report.terms().pip()).isCloseTo(Math.sqrt(32) / 5, within(1e-15));
    assertThat(report.displacement().mean()).isCloseTo(0, within(1e-15));
    assertThat(report.displacement().counted()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void allMeasuresAreTheirDefinitions(long seed) {
    int d = 2 + (int) seed % 4;
    double[][] x = Clouds.normal(30, d, seed);
    double[][] y = seed % 2 == 0 ? Clouds.retrained(x, 0.3, seed + 100) : Clouds.normal(30, 4, 77);
    double[][] e = Clouds.normal(30, 6, seed + 200);
    double[][] f = Clouds.normal(30, 3, seed + 300);
    int alpha = 1 + (int) seed % 3;
    Settings how = Settings.usual().withAlpha(alpha).withNeighbours(3);
    StabilityReport report =
        Stability.compare(
            Embedding.of(x), Embedding.of(y), Anchors.of(Embedding.of(e), Embedding.of(f)), how);
    assertThat(report.terms().eis()).isCloseTo(SlowMeasures.eis(x, y, e, f, alpha), within(1e-12));
    assertThat(report.terms().overlap()).isCloseTo(SlowMeasures.overlap(x, y), within(1e-12));
    assertThat(report.terms().pip()).isCloseTo(SlowMeasures.pip(x, y), within(1e-11));
    assertThat(report.neighbours()).hasValue(SlowMeasures.neighbours(x, y, 3));
    Terms ofPair = Stability.terms(Embedding.of(x), Embedding.of(y), Anchors.pair(), how);
    assertThat(ofPair.eis()).isCloseTo(SlowMeasures.eis(x, y, x, y, alpha), within(1e-12));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void inThePlaneTheBestAngleIsFoundByTrying(long seed) {
    double[][] x = Clouds.normal(12, 2, seed);
    double[][] y = Clouds.turned(Clouds.retrained(x, 0.2, seed + 50), 2);
    double best = Double.NEGATIVE_INFINITY;
    double mean = 0;
    for (int step = 0; step < 20_000; step++) {
      double[][] turned = Clouds.turned(x, 2 * Math.PI * step / 20_000);
      double fit = 0;
      double cosines = 0;
      for (int i = 0; i < 12; i++) {
        double cosine = SlowMeasures.cosine(turned[i], y[i]);
        fit += cosine * Math.hypot(x[i][0], x[i][1]) * Math.hypot(y[i][0], y[i][1]);
        cosines += cosine;
      }
      if (fit > best) {
        best = fit;
        mean = 1 - cosines / 12;
      }
    }
    assertThat(compare(x, y).displacement().mean()).isCloseTo(mean, within(1e-3));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aRotationOrAScaleChangesNothingButThePipLoss(long seed) {
    double[][] x = Clouds.normal(200, 7, seed);
    double[][] y = Clouds.retrained(x, 0.5, seed + 1);
    StabilityReport before = compare(x, y);
    for (double scale : new double[] {1e-100, 1e-60, 1, 1e60, 1e100}) {
      StabilityReport after =
          compare(Clouds.scaled(x, scale), Clouds.scaled(Clouds.turned(y, 1), scale));
      assertThat(after.terms().eis()).isCloseTo(before.terms().eis(), within(1e-12));
      assertThat(after.terms().overlap()).isCloseTo(before.terms().overlap(), within(1e-12));
      assertThat(after.displacement().mean())
          .isCloseTo(before.displacement().mean(), within(1e-12));
      assertThat(after.neighbours()).isEqualTo(before.neighbours());
      assertThat(after.terms().pip() / scale / scale)
          .isCloseTo(before.terms().pip(), within(1e-9 * before.terms().pip()));
    }
  }

  @Test
  void equalEmbeddingsAreStable() {
    double[][] x = Clouds.normal(300, 9, 1);
    StabilityReport report = compare(x, x);
    assertThat(report.terms().eis()).isCloseTo(0, within(1e-15));
    assertThat(report.terms().overlap()).isCloseTo(1, within(1e-14));
    assertThat(report.terms().pip()).isCloseTo(0, within(1e-10));
    assertThat(report.displacement().mean()).isCloseTo(0, within(1e-15));
    assertThat(report.neighbours()).hasValue(1);
    assertThat(report.centroids()).hasValue(0);
    assertThat(report.discrepancy().orElseThrow()).isCloseTo(0, within(1e-7));
  }

  @Test
  void theItemThatMovedMostComesFirst() {
    double[][] x = Clouds.normal(100, 5, 2);
    double[][] y = Clouds.retrained(x, 0.01, 3);
    y[42] = Clouds.scaled(y, -1)[42];
    List<Displacement.Moved> moved = compare(x, y).displacement().most(20);
    assertThat(moved).hasSize(20);
    assertThat(moved.get(0).row()).isEqualTo(42);
    assertThat(moved.get(0).displacement()).isBetween(1.9, 2.0);
    assertThat(moved)
        .isSortedAccordingTo((a, b) -> Double.compare(b.displacement(), a.displacement()));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatConditionBuriesTheFactorFinds(long seed) {
    double[][] x = Clouds.normal(400, 6, seed);
    double[][] y = Clouds.retrained(x, 0.3, seed + 9);
    double[][] e = Clouds.normal(400, 6, seed + 10);
    double[][] f = Clouds.retrained(e, 0.1, seed + 11);
    Anchors anchors = Anchors.of(Embedding.of(e), Embedding.of(f));
    Terms good = Stability.terms(Embedding.of(x), Embedding.of(y), anchors, Settings.usual());
    assertThat(good.method()).isEqualTo(Terms.Method.GRAM);
    for (int i = 0; i < 400; i++) {
      x[i][5] *= 1e-6;
      y[i][0] *= 1e-6;
    }
    // The same spaces, other conditions.
    Settings how = Settings.usual().withTolerance(1e-7);
    Terms bad = Stability.terms(Embedding.of(x), Embedding.of(y), anchors, how);
    assertThat(bad.method()).isEqualTo(Terms.Method.FACTOR);
    assertThat(bad.condition()).isBetween(3e5, 3e6);
    assertThat(bad.error()).isLessThan(1e-7);
    assertThat(bad.eis()).isCloseTo(good.eis(), within(1e-9));
    assertThat(bad.overlap()).isCloseTo(good.overlap(), within(1e-9));
  }

  @Test
  void aConditionBeyondTheToleranceIsSaid() {
    double[][] x = Clouds.normal(50, 3, 4);
    for (double[] row : x) {
      row[2] *= 1e-9;
    }
    double[][] y = Clouds.retrained(x, 0.1, 5);
    assertThat(compare(x, y).precise()).isFalse();
    assertThat(compare(y, Clouds.retrained(y, 0.1, 6)).precise()).isTrue();
  }

  @Test
  void zeroRowsAreSkippedAndMissingRanksCounted() {
    double[][] x = Clouds.normal(40, 4, 6);
    double[][] y = Clouds.retrained(x, 0.1, 7);
    x[3] = new double[4];
    y[5] = new double[4];
    for (double[] row : x) {
      row[1] = 2 * row[0];
    }
    StabilityReport report = compare(x, y);
    assertThat(report.displacement().counted()).isEqualTo(38);
    assertThat(report.displacement().most(40)).extracting("row").doesNotContain(3, 5);
    assertThat(report.terms().x().rank()).isEqualTo(3);
    assertThat(report.terms().y().rank()).isEqualTo(4);
    assertThat(report.terms().eis()).isCloseTo(SlowMeasures.eis(x, y, x, y, 3), within(1e-10));
  }

  @Test
  void duplicateRowsWeighTwice() {
    double[][] x = Clouds.normal(20, 3, 8);
    double[][] y = Clouds.retrained(x, 0.2, 9);
    double[][] twiceX = Arrays.copyOf(x, 40);
    double[][] twiceY = Arrays.copyOf(y, 40);
    System.arraycopy(x, 0, twiceX, 20, 20);
    System.arraycopy(y, 0, twiceY, 20, 20);
    assertThat(compare(twiceX, twiceY).terms().eis())
        .isCloseTo(compare(x, y).terms().eis(), within(1e-13));
    assertThat(compare(twiceX, twiceY).terms().pip())
        .isCloseTo(2 * compare(x, y).terms().pip(), within(1e-10));
  }

  @Test
  void threadsDoNotChangeMoreThanRounding() {
    double[][] x = Clouds.normal(20_000, 12, 10);
    double[][] y = Clouds.retrained(x, 0.4, 11);
    Settings how = Settings.usual();
    Terms one =
        Stability.terms(Embedding.of(x), Embedding.of(y), Anchors.pair(), how.withThreads(1));
    Terms three =
        Stability.terms(Embedding.of(x), Embedding.of(y), Anchors.pair(), how.withThreads(3));
    assertThat(three.eis()).isCloseTo(one.eis(), within(1e-13));
    assertThat(three.pip()).isCloseTo(one.pip(), within(1e-9 * one.pip()));
  }

  @Test
  void whatIsNoPairIsRefused() {
    Embedding x = Embedding.of(Clouds.normal(10, 3, 1));
    Embedding fewer = Embedding.of(Clouds.normal(9, 3, 1));
    Embedding zero = Embedding.of(new double[10][3]);
    Settings how = Settings.usual();
    assertThatThrownBy(() -> Stability.compare(x, fewer, Anchors.pair(), how))
        .hasMessage("a pair needs the same items, got 10 and 9 rows");
    assertThatThrownBy(() -> Stability.compare(x, x, Anchors.of(x, fewer), how))
        .hasMessage("anchors need the 10 rows of the pair, got 9");
    assertThatThrownBy(() -> Stability.compare(x, zero, Anchors.pair(), how))
        .hasMessage("an embedding needs a vector that is not zero, got none in 10 rows");
    assertThatThrownBy(() -> Embedding.of(new double[][] {{1, 2}, {3, Double.NaN}}))
        .hasMessage("row 1 needs finite numbers, got NaN in column 1");
    assertThatThrownBy(() -> Embedding.of(new double[][] {{1e200}}))
        .hasMessageContaining("got 1.0E200; rescale it");
    assertThatThrownBy(() -> how.withAlpha(Double.NaN)).hasMessageContaining("got NaN");
    assertThatThrownBy(
            () -> Stability.compare(x, x, Anchors.pair(), how.withQueries(new int[] {10})))
        .hasMessage("queries need rows 0 to 9, got 10");
  }

  @Test
  void tooFewRowsHaveNoNeighbours() {
    assertThat(compare(Clouds.normal(5, 2, 1), Clouds.normal(5, 2, 2)).neighbours()).isEmpty();
    assertThat(compare(Clouds.normal(6, 2, 1), Clouds.normal(6, 2, 2)).neighbours()).hasValue(1);
  }

  @Test
  void driftIsMeasuredBesideWhereDimensionsAreEqual() {
    double[][] x = Clouds.normal(500, 4, 12);
    double[][] away = Clouds.scaled(x, 1);
    for (double[] row : away) {
      row[0] += 3;
      row[1] += 4;
    }
    assertThat(compare(x, away).centroids().orElseThrow()).isCloseTo(5, within(1e-12));
    assertThat(compare(x, away).discrepancy().orElseThrow()).isGreaterThan(0.5);
    double[][] other = Clouds.normal(500, 4, 13);
    assertThat(compare(x, other).discrepancy().orElseThrow()).isLessThan(0.1);
    assertThat(compare(x, Clouds.normal(500, 3, 14)).discrepancy()).isEmpty();
  }

  @Test
  void churnIsTheShareThatDiffers() {
    assertThat(Churn.of(List.of("a", "b", "c", "d"), List.of("a", "b", "x", "y"))).isEqualTo(0.5);
    assertThatThrownBy(() -> Churn.of(List.of(1), List.of(1, 2)))
        .hasMessage("churn needs predictions on the same inputs, got 1 and 2");
  }

  private static StabilityReport compare(double[][] x, double[][] y) {
    return Stability.compare(Embedding.of(x), Embedding.of(y), Anchors.pair(), Settings.usual());
  }
}
