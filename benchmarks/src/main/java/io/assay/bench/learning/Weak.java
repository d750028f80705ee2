package io.assay.bench.learning;

import io.assay.assertion.weaklabel.CorrectionGate;
import io.assay.assertion.weaklabel.Finding;
import io.assay.assertion.weaklabel.Precision;
import io.assay.assertion.weaklabel.Reviews;
import java.util.ArrayList;
import java.util.List;

/**
 * What corrections do to a model of a few labels.
 *
 * @param before accuracy of the model of the labels alone
 * @param plain accuracy when every correction counts as much as a label
 * @param gated accuracy when they weigh what the gate says
 * @param admitted whether the gate let them through
 */
record Weak(double before, double plain, double gated, boolean admitted) {
  private static final int FOLDS = 20;

  static Weak of(Trial trial, String assertion, List<Integer> labelled) {
    LogisticRegression model = trial.fit(labelled, List.of(), 0);
    List<Flag> flags =
        trial.judge(model).stream()
            .filter(flag -> flag.assertion().equals(assertion) && !labelled.contains(flag.row()))
            .toList();
    double before = trial.accuracy(model);
    double plain = trial.accuracy(trial.fit(labelled, flags, 1));
    double weight =
        CorrectionGate.usual().weight(Precision.of(reviews(trial, assertion, labelled)));
    double gated = weight == 0 ? before : trial.accuracy(trial.fit(labelled, flags, weight));
    return new Weak(before, plain, gated, weight > 0);
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
