package io.assay.assertion.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RankedScoresTest {
  static LongStream seeds() {
    return Splits.seeds();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void areaIsTheShareOfPairsInOrderTiesCountingHalf(long seed) {
    var random = new Random(seed);
    double[] scores = new double[300];
    boolean[] truths = new boolean[300];
    List<Consumer<RankedScores>> events = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      boolean truth = random.nextInt(3) == 0;
      double raw = random.nextDouble() + (truth ? 0.2 : 0);
      double score = seed % 2 == 0 ? raw : Math.rint(8 * raw);
      scores[i] = score;
      truths[i] = truth;
      events.add(ranked -> ranked.add(score, truth));
    }
    long twice = 0;
    long pairs = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < scores.length; j++) {
        if (truths[i] && !truths[j]) {
          pairs++;
          twice += scores[i] > scores[j] ? 2 : scores[i] == scores[j] ? 1 : 0;
        }
      }
    }

    RankedScores ranked = Splits.agree(seed, RankedScores::new, RankedScores::read, events);

    assertThat(ranked.auc()).hasValue(twice / 2.0 / pairs);
    assertThat(ranked.area().error()).isZero();
  }

  @Test
  void manyScoresAreNearAndSayHowNear() {
    var random = new Random(7);
    int size = 60_000;
    double[] positives = random.doubles(size).map(x -> Math.sqrt(x)).toArray();
    double[] negatives = random.doubles(size).toArray();
    var ranked = new RankedScores();
    for (int i = 0; i < size; i++) {
      ranked.add(positives[i], true);
      ranked.add(negatives[i], false);
    }
    Arrays.sort(negatives);
    long below = 0;
    for (double score : positives) {
      below += -Arrays.binarySearch(negatives, score) - 1;
    }

    RankedScores.Area area = ranked.area();

    double exact = (double) below / size / size;
    assertThat(area.error()).isPositive().isLessThan(0.0005);
    assertThat(area.value()).isEqualTo(exact, within(area.error()));
    assertThat(area.value()).isEqualTo(exact, within(1e-6));
    assertThat(RankedScores.read(ranked.toBytes()).area()).isEqualTo(area);
  }

  @Test
  void oneClassHasNoArea() {
    var ranked = new RankedScores();
    ranked.add(0.3, true);
    ranked.add(Double.NaN, false);
    ranked.addMissing();

    assertThat(ranked.auc()).isEmpty();
    assertThat(ranked.missing()).isEqualTo(2);
    assertThatIllegalStateException().isThrownBy(ranked::area);
  }
}
