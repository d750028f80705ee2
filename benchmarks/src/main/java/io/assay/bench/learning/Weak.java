package io.assay.bench.learning;

import io.assay.assertion.weaklabel.CorrectionGate;
import io.assay.assertion.weaklabel.Finding;
import io.assay.assertion.weaklabel.Precision;
import io.assay.assertion.weaklabel.Reviews;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * What corrections do to a model of a few labels. It learns of them beside the labels, and of as
 * many outputs that nothing flags, drawn at random, as they are: of flagged rows alone, which are
 * those where an assertion says that the model is wrong, it would learn to say the opposite.
 *
 * @param before accuracy of the model of the labels alone
 * @param plain accuracy when every correction, and every output beside, counts as much as a label
 * @param gated accuracy when they weigh what the gate says
 * @param admitted whether the gate let them through
 * @param right the share of the corrections that are right; of none, 1
 */
record Weak(double before, double plain, double gated, boolean admitted, double right) {
  private static final int FOLDS = 20;

  static Weak of(Trial trial, String assertion, List<Integer> labelled) {
    LogisticRegression model = trial.fit(labelled, List.of(), 0);
    List<Trial.Guess> corrections =
        trial.judge(model).stream()
            .filter(flag -> flag.assertion().equals(assertion) && !labelled.contains(flag.row()))
            .map(flag -> new Trial.Guess(flag.row(), flag.corrected()))
            .toList();
    List<Trial.Guess> guesses = new ArrayList<>(corrections);
    guesses.addAll(beside(trial, model, corrections, labelled));
    double before = trial.accuracy(model);
    double plain = trial.accuracy(trial.fit(labelled, guesses, 1));
    double weight =
        CorrectionGate.usual().weight(Precision.of(reviews(trial, assertion, labelled)));
    double gated = weight == 0 ? before : trial.accuracy(trial.fit(labelled, guesses, weight));
    double right =
        corrections.stream()
            .mapToDouble(one -> one.output() == trial.truth(one.row()) ? 1 : 0)
            .average()
            .orElse(1);
    return new Weak(before, plain, gated, weight > 0, right);
  }

  /** What the model says of as many rows that are neither labelled nor corrected. */
  private static List<Trial.Guess> beside(
      Trial trial,
      LogisticRegression model,
      List<Trial.Guess> corrections,
      List<Integer> labelled) {
    Set<Integer> taken =
        corrections.stream().map(Trial.Guess::row).collect(Collectors.toCollection(HashSet::new));
    taken.addAll(labelled);
    int wanted = Math.min(corrections.size(), trial.rows() - taken.size());
    var random = new SplittableRandom(labelled.hashCode());
    List<Trial.Guess> guesses = new ArrayList<>();
    while (guesses.size() < wanted) {
      int row = random.nextInt(trial.rows());
      if (taken.add(row)) {
        guesses.add(new Trial.Guess(row, trial.output(model, row)));
      }
    }
    return guesses;
  }

  /** Each label reviews the correction of a model that has not seen it. */
  private static Reviews reviews(Trial trial, String assertion, List<Integer> labelled) {
    Reviews reviews = Reviews.none();
    for (int fold = 0; fold < FOLDS; fold++) {
      List<Integer> seen = new ArrayList<>();
      List<Integer> held = new ArrayList<>();
      for (int i = 0; i < labelled.size(); i++) {
        (i % FOLDS == fold ? held : seen).add(labelled.get(i));
      }
      for (Flag flag : trial.judge(trial.fit(seen, List.of(), 0))) {
        if (flag.assertion().equals(assertion) && held.contains(flag.row())) {
          boolean right = flag.corrected() == trial.truth(flag.row());
          reviews = reviews.with(right ? Finding.ERROR : Finding.NO_ERROR);
        }
      }
    }
    return reviews;
  }
}
