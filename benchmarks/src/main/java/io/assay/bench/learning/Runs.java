package io.assay.bench.learning;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/** Trials of one way to choose labels, in the order of their numbers. */
record Runs(Method method, List<Trial.Outcome> trials) {
  Runs {
    trials = List.copyOf(trials);
  }

  static Runs of(Trial trial, Method method, int trials, long first) {
    return new Runs(
        method,
        LongStream.range(first, first + trials)
            .parallel()
            .mapToObj(number -> trial.run(method.plan(~number), number))
            .toList());
  }

  /** Of each trial, the share of the test that is right after the last round. */
  double[] last() {
    return each(outcome -> outcome.accuracy().getLast());
  }

  /** Of each trial, that share's mean over the rounds. */
  double[] mean() {
    return each(
        outcome ->
            outcome.accuracy().stream().mapToDouble(Double::doubleValue).average().orElseThrow());
  }

  private double[] each(ToDoubleFunction<Trial.Outcome> what) {
    return trials.stream().mapToDouble(what).toArray();
  }

  /** In percent, after each round, mean of the trials. */
  String curve() {
    List<String> rounds = new ArrayList<>();
    for (int round = 0; round < Trial.ROUNDS; round++) {
      int which = round;
      Paired accuracy = Paired.of(each(outcome -> outcome.accuracy().get(which)));
      rounds.add(String.format(Locale.ROOT, "%.1f", accuracy.mean()));
    }
    return String.join(" ", rounds);
  }
}
