package io.assay.bench.learning;

import io.assay.assertion.selection.Candidate;
import io.assay.assertion.selection.Firing;
import io.assay.assertion.selection.Pick;
import io.assay.assertion.selection.Place;
import io.assay.assertion.selection.Plan;
import io.assay.assertion.selection.Probabilities;
import io.assay.assertion.selection.Round;
import io.assay.assertion.selection.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Twenty labels at random, then six rounds of twenty: the model is fitted, its output judged,
 * labels chosen, fitted again. Trials of one number begin with the same labels, whatever chooses.
 */
final class Trial {
  static final int ROUNDS = 6;
  static final int LABELS = 20;
  static final double RIDGE = 0.05;

  private final Room room;
  private final double[][] pool;
  private final double[][] test;

  Trial(Room room, Setting setting) {
    this.room = room;
    this.pool = setting.features(room.pool(), room.pool());
    this.test = setting.features(room.test(), room.pool());
  }

  /**
   * What comes of a way to choose.
   *
   * @param labelled rows of the pool, in the order in which they were labelled
   * @param accuracy the share of the test that is right, after each round
   */
  record Outcome(List<Integer> labelled, List<Double> accuracy) {
    Outcome {
      labelled = List.copyOf(labelled);
      accuracy = List.copyOf(accuracy);
    }
  }

  Outcome run(Plan plan, long number) {
    List<Integer> labelled = first(number);
    List<Candidate> earlier = new ArrayList<>();
    Map<String, Firing> before = Map.of();
    List<Double> accuracy = new ArrayList<>();
    LogisticRegression model = fit(labelled);
    for (int round = 0; round < ROUNDS; round++) {
      double[] occupied = model.probabilities(pool);
      List<Flag> flags = Flags.of(room.pool(), occupied);
      Map<String, Firing> now = firing(flags);
      if (round == 0) {
        labelled.forEach(row -> earlier.add(unflagged(row, occupied[row])));
      }
      var asked = new Round(round, LABELS, candidates(flags, occupied), earlier, before, now);
      for (Pick pick : Selector.select(plan, asked).picks()) {
        labelled.add(Integer.parseInt(pick.candidate().item()));
        earlier.add(pick.candidate());
      }
      before = now;
      model = fit(labelled);
      accuracy.add(accuracy(model));
    }
    return new Outcome(labelled, accuracy);
  }

  /** The first labels, at random. */
  List<Integer> first(long number) {
    var random = new SplittableRandom(number);
    List<Integer> rows = new ArrayList<>();
    while (rows.size() < LABELS) {
      int row = random.nextInt(pool.length);
      if (!rows.contains(row)) {
        rows.add(row);
      }
    }
    return rows;
  }

  private LogisticRegression fit(List<Integer> labelled) {
    return fit(labelled, List.of(), 0);
  }

  /**
   * An output that nobody has checked.
   *
   * @param output 0 or 1
   */
  record Guess(int row, double output) {}

  /**
   * Learns of labels, and of guesses as if they were such.
   *
   * @param weight of a guess; a label weighs 1
   */
  LogisticRegression fit(List<Integer> labelled, List<Guess> guesses, double weight) {
    int all = labelled.size() + guesses.size();
    double[][] x = new double[all][];
    double[] y = new double[all];
    double[] importance = new double[all];
    for (int i = 0; i < all; i++) {
      boolean label = i < labelled.size();
      int row = label ? labelled.get(i) : guesses.get(i - labelled.size()).row();
      x[i] = pool[row];
      y[i] = label ? truth(row) : guesses.get(i - labelled.size()).output();
      importance[i] = label ? 1 : weight;
    }
    return LogisticRegression.fit(x, y, importance, RIDGE);
  }

  /** What the assertions say of a model's output over the pool. */
  List<Flag> judge(LogisticRegression model) {
    return Flags.of(room.pool(), model.probabilities(pool));
  }

  /** Of the pool. */
  int rows() {
    return pool.length;
  }

  /** What a model says of a row of the pool. */
  double output(LogisticRegression model, int row) {
    return model.probability(pool[row]) > 0.5 ? 1 : 0;
  }

  double truth(int row) {
    return room.pool().get(row).occupied() ? 1 : 0;
  }

  double accuracy(LogisticRegression model) {
    int right = 0;
    for (int i = 0; i < test.length; i++) {
      if (model.probability(test[i]) > 0.5 == room.test().get(i).occupied()) {
        right++;
      }
    }
    return (double) right / test.length;
  }

  private static Map<String, Firing> firing(List<Flag> flags) {
    Map<String, Firing> firing = new HashMap<>();
    Flags.counts(flags).forEach((name, count) -> firing.put(name, new Firing(count, 0)));
    return firing;
  }

  private List<Candidate> candidates(List<Flag> flags, double[] occupied) {
    List<Candidate> all = new ArrayList<>();
    boolean[] flagged = new boolean[occupied.length];
    for (Flag flag : flags) {
      int row = flag.row();
      flagged[row] = true;
      all.add(
          new Candidate(
              row + flag.assertion(),
              Integer.toString(row),
              place(row),
              flag.assertion(),
              flag.severity(),
              Probabilities.ofConfidence(occupied[row]),
              null,
              null));
    }
    for (int row = 0; row < occupied.length; row++) {
      if (!flagged[row]) {
        all.add(unflagged(row, occupied[row]));
      }
    }
    return all;
  }

  private Candidate unflagged(int row, double occupied) {
    return Candidate.unflagged(Integer.toString(row), place(row))
        .with(Probabilities.ofConfidence(occupied));
  }

  private Place place(int row) {
    return new Place("room", "office", "", room.pool().get(row).instant());
  }
}
