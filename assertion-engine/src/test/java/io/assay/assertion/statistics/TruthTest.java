package io.assay.assertion.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calibration error, precision, recall and accuracy. */
class TruthTest {
  static LongStream seeds() {
    return Splits.seeds();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void calibrationErrorIsTheWeightedGapOfItsBins(long seed) {
    var random = new Random(seed);
    List<Consumer<Calibration>> events = new ArrayList<>();
    BigDecimal[] gaps = new BigDecimal[10];
    Arrays.fill(gaps, BigDecimal.ZERO);
    int size = 1 + random.nextInt(400);
    for (int i = 0; i < size; i++) {
      double p = seed % 2 == 0 ? random.nextDouble() : random.nextInt(11) / 10.0;
      boolean truth = random.nextDouble() < p * p;
      events.add(calibration -> calibration.add(p, truth));
      int bin = 0;
      while (p > (bin + 1) / 10.0) {
        bin++;
      }
      gaps[bin] =
          gaps[bin].add(new BigDecimal(p)).subtract(truth ? BigDecimal.ONE : BigDecimal.ZERO);
    }
    BigDecimal sum = BigDecimal.ZERO;
    for (BigDecimal gap : gaps) {
      sum = sum.add(gap.abs());
    }

    Calibration calibration = Splits.agree(seed, Calibration::new, Calibration::read, events);

    assertThat(calibration.error())
        .hasValue(sum.divide(BigDecimal.valueOf(size), new MathContext(60)).doubleValue());
  }

  @Test
  void calibrationKnowsThePerfectAndTheHopeless() {
    var perfect = new Calibration();
    var hopeless = new Calibration();
    for (int i = 0; i < 4; i++) {
      perfect.add(0.75, i != 0);
      hopeless.add(1, false);
    }
    hopeless.add(1.02, true);
    hopeless.add(Double.NaN, true);
    hopeless.addMissing();

    assertThat(perfect.error()).hasValue(0);
    assertThat(hopeless.error()).hasValue(1);
    assertThat(hopeless.missing()).isEqualTo(3);
    assertThat(new Calibration().error()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void confusionIsTheSameInAnyOrderAndSplit(long seed) {
    var random = new Random(seed);
    List<Consumer<Confusion>> events = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      boolean predicted = random.nextBoolean();
      boolean truth = random.nextBoolean();
      events.add(confusion -> confusion.add(predicted, truth));
    }

    assertThat(Splits.agree(seed, Confusion::new, Confusion::read, events).count()).isEqualTo(200);
  }

  @Test
  void precisionRecallAndAccuracyAreSharesOfWhatTheyShouldBe() {
    var confusion = new Confusion();
    for (int i = 0; i < 10; i++) {
      confusion.add(i < 5, i == 0 || i == 1 || i == 9);
    }

    assertThat(confusion.precision()).hasValue(2.0 / 5);
    assertThat(confusion.recall()).hasValue(2.0 / 3);
    assertThat(confusion.accuracy()).hasValue(6.0 / 10);
    assertThat(new Confusion().precision()).isEmpty();
    assertThat(new Confusion().recall()).isEmpty();
    assertThat(new Confusion().accuracy()).isEmpty();
  }
}
