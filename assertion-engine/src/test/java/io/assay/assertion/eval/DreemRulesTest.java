package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.assertion.DreemSleep;
import io.assay.assertion.Violation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real sleep stages of six models, judged by rules, give what was measured of them. */
class DreemRulesTest {
  private static final long EPOCH_MILLIS = 30_000;

  private static final String BLIP =
      """
      language 1
      stream sleep from topic "t" {
        key  series string
        time at     timestamp(millis)
        label       string
      }
      assertion blip on sleep {
        returns label through at most 1 events
      }
      """;

  /** {@code all}: with the three epochs of one night of which no scorer says anything. */
  @ParameterizedTest
  @CsvSource({
    "SimpleNet, 434, 434, 42.4",
    "MixedNeuralNetwork, 532, 532, 45.1",
    "SeqSleepNet, 541, 540, 47.2",
    "DeepSleepNet, 578, 578, 46.0",
    "Chambon_et_Al, 960, 960, 64.2",
    "Tsinalis_et_Al, 1271, 1270, 69.8"
  })
  void findsWhatLastsOneEpoch(String model, int all, int known, double precision) {
    DreemSleep sleep = DreemSleep.assumed();
    int found = 0;
    int withTruth = 0;
    int wrong = 0;
    for (String night : sleep.nights()) {
      int[] stages = sleep.model(model, night);
      int[] truth = sleep.truth(night);
      Trial trial = Trial.of(BLIP);
      for (int i = 0; i < stages.length; i++) {
        trial.judge(
            "{\"series\":\"%s\",\"at\":%d,\"label\":\"%d\"}"
                .formatted(night, i * EPOCH_MILLIS, stages[i]));
      }
      assertThat(trial.errors).isEmpty();
      for (Violation violation : trial.found("blip")) {
        int epoch = epoch(violation.from());
        assertThat(epoch(violation.to())).isEqualTo(epoch);
        found++;
        withTruth += truth[epoch] >= 0 ? 1 : 0;
        wrong += truth[epoch] >= 0 && truth[epoch] != stages[epoch] ? 1 : 0;
      }
    }
    assertThat(found).isEqualTo(all);
    assertThat(withTruth).isEqualTo(known);
    assertThat(100.0 * wrong / withTruth).isCloseTo(precision, within(0.051));
  }

  private static int epoch(long nanos) {
    return (int) (nanos / 1_000_000 / EPOCH_MILLIS);
  }

  /** One of six models against the five others, as one join. */
  @ParameterizedTest
  @CsvSource({
    "SimpleNet, 24.4, 54.6, 77.5, 88.8",
    "Chambon_et_Al, 38.1, 74.8, 91.6, 92.5",
    "Tsinalis_et_Al, 63.7, 87.5, 96.8, 95.4"
  })
  void disagreementOfFiveOthersOrdersErrors(
      String model, double atLeastOne, double atLeastThree, double five, double recall) {
    DreemSleep sleep = DreemSleep.assumed();
    int[] flagged = new int[6];
    int[] wrong = new int[6];
    int errors = 0;
    for (String night : sleep.nights()) {
      int[] truth = sleep.truth(night);
      int[] own = sleep.model(model, night);
      GroupTrial trial = night(sleep, model, night);
      assertThat(trial.errors).isEmpty();
      for (Violation violation : trial.violations) {
        int epoch = epoch(violation.at());
        for (int least = 1; least <= violation.severity() && truth[epoch] >= 0; least++) {
          flagged[least]++;
          wrong[least] += truth[epoch] != own[epoch] ? 1 : 0;
        }
      }
      for (int epoch = 0; epoch < truth.length; epoch++) {
        errors += truth[epoch] >= 0 && truth[epoch] != own[epoch] ? 1 : 0;
      }
    }
    assertThat(100.0 * wrong[1] / flagged[1]).isCloseTo(atLeastOne, within(0.1));
    assertThat(100.0 * wrong[3] / flagged[3]).isCloseTo(atLeastThree, within(0.1));
    assertThat(100.0 * wrong[5] / flagged[5]).isCloseTo(five, within(0.1));
    assertThat(100.0 * wrong[1] / errors).isCloseTo(recall, within(0.1));
  }

  private static GroupTrial night(DreemSleep sleep, String model, String night) {
    var others = DreemSleep.MODELS.stream().filter(name -> !name.equals(model)).toList();
    StringBuilder rules = new StringBuilder("language 1\n");
    for (int i = 0; i < DreemSleep.MODELS.size(); i++) {
      rules.append(
          "stream m%d from topic \"t%d\" { key series string time at timestamp(millis) label string }\n"
              .formatted(i, i));
    }
    rules.append(
        """
        assertion disagree on m0 {
          join m1, m2, m3, m4, m5 within 1s
          let differing = [m1.label, m2.label, m3.label, m4.label, m5.label].filter(l, l != label)
          expect size(differing) == 0
          severity size(differing)
        }
        """);
    GroupTrial trial = GroupTrial.of(rules.toString(), "series", night);
    int epochs = sleep.truth(night).length;
    int[][] stages = new int[6][];
    stages[0] = sleep.model(model, night);
    for (int i = 1; i < 6; i++) {
      stages[i] = sleep.model(others.get(i - 1), night);
    }
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (int i = 0; i < 6; i++) {
        trial.judge(
            "m%d %d {\"label\":\"%d\"}".formatted(i, epoch * EPOCH_MILLIS, stages[i][epoch]));
      }
    }
    return trial.finish();
  }
}
