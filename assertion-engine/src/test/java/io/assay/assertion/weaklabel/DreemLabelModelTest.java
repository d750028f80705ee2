package io.assay.assertion.weaklabel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.assertion.DreemSleep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Six real models of sleep stages, 24,665 epochs, and what they are worth without any truth. */
class DreemLabelModelTest {
  private static final List<String> STAGES = List.of("wake", "N1", "N2", "N3", "REM");

  @Test
  void accuraciesAreWithinFivePointsAndInOrder() {
    DreemSleep sleep = DreemSleep.assumed();
    VoteCounts votes = votes(sleep);
    Map<String, Double> truth = trueAccuracies(sleep);
    assertThat(votes.items()).isEqualTo(24_665);
    assertThat(truth.get("SimpleNet")).isCloseTo(0.873, within(5e-4));
    assertThat(truth.get("DeepSleepNet")).isCloseTo(0.873, within(5e-4));
    assertThat(truth.get("SeqSleepNet")).isCloseTo(0.846, within(5e-4));
    assertThat(truth.get("MixedNeuralNetwork")).isCloseTo(0.837, within(5e-4));
    assertThat(truth.get("Chambon_et_Al")).isCloseTo(0.809, within(5e-4));
    assertThat(truth.get("Tsinalis_et_Al")).isCloseTo(0.690, within(5e-4));

    LabelModel model = LabelModel.fit(votes);
    Map<String, Double> estimated = estimates(model);

    assertThat(model.itemsDiffer()).isTrue();
    truth.forEach(
        (name, accuracy) ->
            assertThat(estimated.get(name)).as(name).isCloseTo(accuracy, within(0.05)));
    inOrder(truth, estimated);
    // Plain Dawid-Skene takes what they get wrong together for right.
    assertThat(estimates(LabelModel.dawidSkene(votes)).get("SimpleNet"))
        .isGreaterThan(of("SimpleNet", truth) + 0.05);
  }

  /** Three copies of the worst outvote the rest in plain Dawid-Skene. */
  @Test
  void copiesOfTheWorstChangeNothing() {
    DreemSleep sleep = DreemSleep.assumed();
    Map<String, Double> truth = trueAccuracies(sleep);
    var names = new ArrayList<>(DreemSleep.MODELS);
    names.addAll(List.of("copy", "copy of the copy"));
    var votes = new VoteCounts(names, STAGES);
    for (String night : sleep.nights()) {
      List<int[]> stages = DreemSleep.MODELS.stream().map(m -> sleep.model(m, night)).toList();
      for (int epoch = 0; epoch < stages.getFirst().length; epoch++) {
        int[] vote = new int[names.size()];
        for (int i = 0; i < names.size(); i++) {
          vote[i] = stages.get(Math.min(i, stages.size() - 1))[epoch];
        }
        votes.add(vote);
      }
    }

    LabelModel model = LabelModel.fit(votes);
    truth.forEach(
        (name, accuracy) ->
            assertThat(model.accuracy(name).share().orElseThrow())
                .as(name)
                .isCloseTo(accuracy, within(0.05)));
    assertThat(model.voices()).isBetween(5.5, 6.1);
    assertThat(LabelModel.dawidSkene(votes).accuracy("Tsinalis_et_Al").share().orElseThrow())
        .isGreaterThan(of("Tsinalis_et_Al", truth) + 0.08);
  }

  private static void inOrder(Map<String, Double> truth, Map<String, Double> estimated) {
    for (String one : truth.keySet()) {
      for (String other : truth.keySet()) {
        if (of(one, truth) > of(other, truth) + 0.01) {
          assertThat(estimated.get(one)).as(one + ", " + other).isGreaterThan(estimated.get(other));
        }
      }
    }
  }

  private static double of(String model, Map<String, Double> accuracies) {
    return Objects.requireNonNull(accuracies.get(model));
  }

  private static VoteCounts votes(DreemSleep sleep) {
    var votes = new VoteCounts(DreemSleep.MODELS, STAGES);
    for (String night : sleep.nights()) {
      List<int[]> stages = DreemSleep.MODELS.stream().map(m -> sleep.model(m, night)).toList();
      for (int epoch = 0; epoch < stages.getFirst().length; epoch++) {
        int at = epoch;
        votes.add(stages.stream().mapToInt(stage -> stage[at]).toArray());
      }
    }
    return votes;
  }

  private static Map<String, Double> trueAccuracies(DreemSleep sleep) {
    Map<String, Double> accuracies = new TreeMap<>();
    for (String model : DreemSleep.MODELS) {
      double right = 0;
      double scored = 0;
      for (String night : sleep.nights()) {
        int[] truth = sleep.truth(night);
        int[] stages = sleep.model(model, night);
        for (int i = 0; i < truth.length; i++) {
          scored += truth[i] >= 0 ? 1 : 0;
          right += truth[i] == stages[i] ? 1 : 0;
        }
      }
      accuracies.put(model, right / scored);
    }
    return accuracies;
  }

  private static Map<String, Double> estimates(LabelModel model) {
    Map<String, Double> estimates = new TreeMap<>();
    DreemSleep.MODELS.forEach(
        name -> estimates.put(name, model.accuracy(name).share().orElseThrow()));
    return estimates;
  }
}
