package io.assay.stability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.assay.stability.Selection.Setting;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final List<Setting> SETTINGS =
      List.of(
          new Setting("a", 64, 0.1, 5),
          new Setting("a", 64, 0.2, 4),
          new Setting("a", 128, 0.3, 9),
          new Setting("b", 64, 0.9, 1),
          new Setting("b", 64, 0.9, 2),
          new Setting("b", 128, 0.1, 2));

  @Test
  void wrongPairsAreCountedWithinTheirGroups() {
    // a: one of three pairs is wrong. b: equal measures are half wrong, one wrong, one of no
    // difference.
    assertThat(Selection.pairError(SETTINGS).orElseThrow()).isCloseTo(2.5 / 5, within(1e-15));
    assertThat(Selection.pairError(SETTINGS.subList(0, 1))).isEmpty();
  }

  @Test
  void theExcessIsTakenWhereAMemoryHasSeveralSettings() {
    assertThat(Selection.budgetError(SETTINGS).orElseThrow()).isCloseTo(0.5, within(1e-15));
    assertThat(Selection.budgetError(SETTINGS.subList(1, 3))).isEmpty();
  }

  @Test
  void ranksCorrelateWhateverTheValues() {
    double[] a = {1, 2, 3, 4, 5};
    assertThat(Ranks.correlation(a, new double[] {1, 8, 27, 64, 1000})).isEqualTo(1);
    assertThat(Ranks.correlation(a, new double[] {5, 4, 3, 2, 1})).isEqualTo(-1);
    // Ties share their ranks: 1.5 1.5 3 4.5 4.5.
    assertThat(Ranks.correlation(a, new double[] {7, 7, 8, 9, 9}))
        .isCloseTo(9 / Math.sqrt(90), within(1e-15));
    assertThat(Ranks.correlation(a, new double[] {2, 2, 2, 2, 2})).isNaN();
    assertThatThrownBy(() -> Ranks.correlation(a, new double[] {1}))
        .hasMessage("a correlation needs two pairs, got 5 and 1 values");
  }

  @Test
  void levelsAreEquallySpacedWithBothEnds() {
    Embedding x = Embedding.of(new double[][] {{-3, -0.9, -0.2, 0.4, 0.6, 5}});
    double[] row = new double[6];
    new Quantisation(2, 1).of(x).copyRow(0, row);
    double third = 1.0 / 3;
    double[] expected = {-1, -1, -third, third, third, 1};
    for (int j = 0; j < 6; j++) {
      assertThat(row[j]).isCloseTo(expected[j], within(1e-15));
    }
    new Quantisation(1, 2).of(x).copyRow(0, row);
    assertThat(row).containsExactly(-2, -2, -2, 2, 2, 2);
    assertThat(Quantisation.fitted(x, 32).of(x)).isSameAs(x);
    assertThatThrownBy(() -> new Quantisation(33, 1)).hasMessage("bits need to be 1 to 32, got 33");
  }

  @Test
  void theClipThatIsFoundLosesLeast() {
    Embedding x = Embedding.of(Clouds.normal(400, 4, 1));
    for (int bits : new int[] {1, 2, 4, 8}) {
      double found = Quantisation.fitted(x, bits).clip();
      double least = loss(x, new Quantisation(bits, found));
      for (double other : new double[] {0.5, 0.8, 1.2, 2}) {
        assertThat(loss(x, new Quantisation(bits, found * other))).isGreaterThan(least);
      }
    }
  }

  @Test
  void anAlignedEmbeddingIsTurnedBack() {
    double[][] x = Clouds.normal(50, 3, 2);
    Embedding back = Alignment.of(Embedding.of(Clouds.turned(x, 2)), Embedding.of(x));
    double[] row = new double[3];
    for (int i = 0; i < 50; i++) {
      back.copyRow(i, row);
      for (int j = 0; j < 3; j++) {
        assertThat(row[j]).isCloseTo(x[i][j], within(1e-13));
      }
    }
  }

  private static double loss(Embedding x, Quantisation quantisation) {
    double[] before = new double[x.dimensions()];
    double[] after = new double[x.dimensions()];
    Embedding rounded = quantisation.of(x);
    double loss = 0;
    for (int i = 0; i < x.rows(); i++) {
      x.copyRow(i, before);
      rounded.copyRow(i, after);
      for (int j = 0; j < before.length; j++) {
        loss += (before[j] - after[j]) * (before[j] - after[j]);
      }
    }
    return loss;
  }
}
