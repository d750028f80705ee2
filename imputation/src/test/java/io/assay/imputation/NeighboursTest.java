package io.assay.imputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.imputation.Fitting.Form;
import io.assay.imputation.net.Codes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Rows that come again are remembered; where nothing is near, the network answers. */
class NeighboursTest {
  private static final List<String> NAMES = List.of("a", "b", "c", "kind", "price");

  /** Each row comes about three times, and what it is has nothing to do with a rule. */
  private static Table repeating(int rows) {
    var random = new SplittableRandom(3);
    List<List<String>> different = new ArrayList<>();
    for (int i = 0; i < rows / 3; i++) {
      different.add(
          List.of(
              "%.2f".formatted(random.nextGaussian()),
              "%.2f".formatted(random.nextGaussian()),
              "%.2f".formatted(random.nextGaussian()),
              "k" + random.nextInt(4),
              "%.2f".formatted(10 * random.nextGaussian())));
    }
    List<List<String>> all = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      all.add(different.get(random.nextInt(different.size())));
    }
    return Table.of(NAMES, all);
  }

  @Test
  void rowsThatComeAgainAreFound() {
    Table whole = repeating(240);
    var random = new SplittableRandom(4);
    boolean[][] mask = new boolean[240][5];
    for (boolean[] row : mask) {
      row[random.nextInt(5)] = random.nextInt(2) == 0;
    }
    Table gaps = Evaluation.hide(whole, mask);
    Schema schema = Schema.infer(gaps);
    AimNet plain = Fitting.fit(gaps, schema, Form.PLAIN, 0);
    AimNet chosen = Fitting.fit(gaps, schema, Form.CHOSEN, 0);
    assertThat(chosen.columnsWithNeighbours()).containsAll(schema.columns());
    Evaluation without = Evaluation.of(plain.fill(gaps), whole, mask);
    Evaluation with = Evaluation.of(chosen.fill(gaps), whole, mask);
    assertThat(with.accuracy().orElseThrow()).isGreaterThan(without.accuracy().orElseThrow() + 0.3);
    assertThat(with.nrmse().orElseThrow()).isLessThan(without.nrmse().orElseThrow() - 0.2);
    AimNet read = AimNet.read(chosen.bytes());
    assertThat(read.fill(gaps)).isEqualTo(chosen.fill(gaps));
    assertThat(read.bytes()).isEqualTo(chosen.bytes());
    RowFiller filler = read.filler();
    List<String> row = gaps.row(chosen.fill(gaps).get(0).row());
    int asked = row.indexOf("");
    for (int c = 0; c < 5; c++) {
      if (c != asked && c == 3) {
        filler.put(c, row.get(c));
      } else if (c != asked) {
        filler.put(c, Double.parseDouble(row.get(c)));
      }
    }
    assertThat(filler.fill(asked).texts()).isEqualTo(chosen.fill(gaps).get(0).texts());
  }

  @Test
  void distancesAreMeansOverTheColumnsThatAreAsked() {
    // A category; a number; a target.
    int[][] values = {{1, 2, 0, 1}, {}, {1, 2, 1, 2}};
    float[][] numbers = {{}, {0, 1, 5, Float.NaN}, {}};
    var rows = new Codes(values, numbers, 4);
    List<Optional<Neighbours.Blend>> blends =
        List.of(Optional.empty(), Optional.empty(), Optional.of(new Neighbours.Blend(0.1, 1)));
    Neighbours.Search search = Neighbours.of(rows, blends).search();
    var asked = new Codes(new int[][] {{1}, {}, {0}}, new float[][] {{}, {0.5f}, {}}, 1);
    float[] weights = {0.6f, 0.2f, 0.2f};
    search.measure(asked, 0, 2, weights);
    // 3/4 of the category and 1/4 of the number: 1/16, 13/16, 1, 1/4; exp(-4), the others -16, -8.
    double[] near = new double[2];
    double[] expected = {Math.exp(-0.25 * 0.25 / 0.25) + Math.exp(-1 / 0.25), 0};
    expected[1] = Math.exp(-13 / 16.0 / 0.25) + Math.exp(-0.25 / 0.25);
    double all = search.gather(2, 0.25, near);
    assertThat(near[0]).isCloseTo(expected[0], within(1e-5));
    assertThat(near[1]).isCloseTo(expected[1], within(1e-5));
    assertThat(all).isCloseTo(near[0] + near[1], within(1e-6));
    assertThat(search.gather(2, 0.05, near))
        .as("the others are six widths away")
        .isCloseTo(Math.exp(-1.25) + Math.exp(-5), within(1e-5));
  }

  @Test
  void manyRowsAreRememberedEvenly() {
    int[] all = new int[10_000];
    for (int i = 0; i < all.length; i++) {
      all[i] = i + 1;
    }
    Codes some = Neighbours.sample(new Codes(new int[][] {all}, new float[1][0], all.length));
    assertThat(some.rows()).isEqualTo(2048);
    assertThat(some.values(0)[0]).isEqualTo(1);
    assertThat(some.values(0)[2047]).isBetween(9990, 10_000);
  }
}
