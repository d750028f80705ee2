package io.assay.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a slow look at the recordings says, for the rules to be measured against. */
class DreemSleepTest {

  @Test
  void nightsAreCutToTheSameEpochs() {
    DreemSleep sleep = DreemSleep.assumed();
    int epochs = 0;
    for (String night : sleep.nights()) {
      int length = sleep.truth(night).length;
      epochs += length;
      for (String model : DreemSleep.MODELS) {
        assertThat(sleep.model(model, night)).hasSize(length).doesNotContain(-1);
      }
    }
    assertThat(sleep.nights()).hasSize(25);
    assertThat(epochs).isEqualTo(24_665);
  }

  /**
   * A-B-A with B of one epoch, overlapping ones each. The reference figures count those whose B has
   * a truth; two models have one more in the three epochs that have none.
   */
  @ParameterizedTest
  @CsvSource({
    "SimpleNet, 434, 434, 42.4, 35.3, 87.3",
    "MixedNeuralNetwork, 532, 532, 45.1, 36.7, 83.7",
    "SeqSleepNet, 540, 541, 47.2, 36.5, 84.6",
    "DeepSleepNet, 578, 578, 46.0, 36.0, 87.3",
    "Chambon_et_Al, 960, 960, 64.2, 48.5, 80.9",
    "Tsinalis_et_Al, 1270, 1271, 69.8, 47.4, 69.0"
  })
  void returnsThroughOneEpochAreAsManyAndAsRightAsMeasured(
      String model, int known, int all, double precision, double repaired, double accuracy) {
    DreemSleep sleep = DreemSleep.assumed();
    int returns = 0;
    int withTruth = 0;
    int wrong = 0;
    int right = 0;
    int agreeing = 0;
    int scored = 0;
    for (String night : sleep.nights()) {
      int[] stages = sleep.model(model, night);
      int[] truth = sleep.truth(night);
      for (int i = 0; i < stages.length; i++) {
        agreeing += stages[i] == truth[i] ? 1 : 0;
        scored += truth[i] >= 0 ? 1 : 0;
        if (i == 0 || i + 1 == stages.length) {
          continue;
        }
        if (stages[i - 1] == stages[i + 1] && stages[i] != stages[i - 1]) {
          returns++;
          withTruth += truth[i] >= 0 ? 1 : 0;
          wrong += truth[i] >= 0 && truth[i] != stages[i] ? 1 : 0;
          right += truth[i] == stages[i - 1] ? 1 : 0;
        }
      }
    }

    assertThat(withTruth).isEqualTo(known);
    assertThat(returns).isEqualTo(all);
    assertThat(100.0 * wrong / withTruth).isEqualTo(precision, within(0.051));
    assertThat(100.0 * right / withTruth).isEqualTo(repaired, within(0.051));
    assertThat(100.0 * agreeing / scored).isEqualTo(accuracy, within(0.051));
  }

  /** Severity: how many of the other five models differ. */
  @ParameterizedTest
  @CsvSource({
    "SimpleNet, 24.4, 54.6, 77.5, 88.8",
    "Chambon_et_Al, 38.1, 74.8, 91.6, 92.5",
    "Tsinalis_et_Al, 63.7, 87.5, 96.8, 95.4"
  })
  void disagreementIsAsPreciseAsMeasured(
      String model, double atLeastOne, double atLeastThree, double five, double recall) {
    DreemSleep sleep = DreemSleep.assumed();
    int[] flagged = new int[6];
    int[] wrong = new int[6];
    int errors = 0;
    for (String night : sleep.nights()) {
      int[] stages = sleep.model(model, night);
      int[] truth = sleep.truth(night);
      int[] severity = new int[stages.length];
      for (String other : DreemSleep.MODELS) {
        int[] theirs = sleep.model(other, night);
        for (int i = 0; i < stages.length; i++) {
          severity[i] += theirs[i] == stages[i] ? 0 : 1;
        }
      }
      for (int i = 0; i < stages.length; i++) {
        if (truth[i] >= 0) {
          errors += stages[i] == truth[i] ? 0 : 1;
          for (int least = 0; least <= severity[i]; least++) {
            flagged[least]++;
            wrong[least] += stages[i] == truth[i] ? 0 : 1;
          }
        }
      }
    }

    assertThat(100.0 * wrong[1] / flagged[1]).isEqualTo(atLeastOne, within(0.051));
    assertThat(100.0 * wrong[3] / flagged[3]).isEqualTo(atLeastThree, within(0.051));
    assertThat(100.0 * wrong[5] / flagged[5]).isEqualTo(five, within(0.051));
    assertThat(100.0 * wrong[1] / errors).isEqualTo(recall, within(0.051));
  }
}
