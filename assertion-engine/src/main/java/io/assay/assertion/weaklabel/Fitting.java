package io.assay.assertion.weaklabel;

import java.util.ArrayList;
import java.util.List;

/**
 * Expectation and maximisation in turn over the combinations of votes, with the dependence of
 * voters found on the way. O(combinations x states x voters²) a step.
 */
final class Fitting {
  private static final int MOST_STEPS = 400;

  /** Done when an item's probabilities move less than this in sum, on average. */
  private static final double STILL = 1e-4;

  /** Steps before the dependence is looked at: the first guesses of accuracies are rough. */
  private static final int SETTLING = 5;

  private final VoteCounts votes;
  private final int levels;
  private final int states;
  private final List<Combination> combinations = new ArrayList<>();

  private Expected seen;
  private Parameters parameters;
  private double likelihood;

  /** Votes that came together, how often, and what is believed of such items. */
  private static final class Combination {
    private final int[] votes;
    private final double times;
    private final double[] probabilities;

    private Combination(int[] votes, double times, double[] probabilities) {
      this.votes = votes;
      this.times = times;
      this.probabilities = probabilities;
    }
  }

  private Fitting(VoteCounts votes, int levels, Dependence dependence) {
    this.votes = votes;
    this.levels = levels;
    states = levels * votes.classes().size();
    votes.forEach(
        (vote, times) ->
            combinations.add(new Combination(vote, (double) times, firstGuess(vote, dependence))));
    seen = expected();
    parameters = new Parameters(seen, dependence);
  }

  /** With the dependence as it is given. */
  static Fitting held(VoteCounts votes, int levels, Dependence dependence) {
    var fitting = new Fitting(votes, levels, dependence);
    fitting.run(false);
    return fitting;
  }

  /** With the dependence found. */
  static Fitting finding(VoteCounts votes, int levels) {
    var fitting = new Fitting(votes, levels, Dependence.beforehand(votes));
    fitting.run(true);
    return fitting;
  }

  Expected seen() {
    return seen;
  }

  Parameters parameters() {
    return parameters;
  }

  /** Its logarithm, of all items. */
  double likelihood() {
    return likelihood;
  }

  /** The share of the votes; an item on which they are split is taken to be hard. */
  private double[] firstGuess(int[] vote, Dependence dependence) {
    int k = votes.classes().size();
    double[] shares = new double[k];
    double sum = 0;
    for (int voter = 0; voter < vote.length; voter++) {
      if (vote[voter] != VoteCounts.ABSTAINS) {
        double weight = dependence.weight(voter, vote);
        shares[vote[voter]] += weight;
        sum += weight;
      }
    }
    double most = 0;
    for (int c = 0; c < k; c++) {
      shares[c] = (shares[c] + 1e-3) / (sum + k * 1e-3);
      most = Math.max(most, shares[c]);
    }
    if (levels == 1) {
      return shares;
    }
    double hard = Math.clamp(2 * (1 - most), 0.02, 0.98);
    double[] guess = new double[states];
    for (int c = 0; c < k; c++) {
      guess[c] = shares[c] * (1 - hard);
      guess[k + c] = shares[c] * hard;
    }
    return guess;
  }

  private void run(boolean findDependence) {
    for (int step = 0; step < MOST_STEPS; step++) {
      double moved = infer();
      seen = expected();
      Dependence dependence = parameters.dependence;
      if (findDependence && step >= SETTLING) {
        dependence = dependence.towards(Dependence.of(seen, parameters.answers));
      }
      parameters = new Parameters(seen, dependence);
      if (moved < STILL && step > SETTLING) {
        break;
      }
    }
  }

  /** By how much an item's probabilities moved, on average. */
  private double infer() {
    double[] now = new double[states];
    double moved = 0;
    likelihood = 0;
    for (Combination combination : combinations) {
      likelihood += combination.times * parameters.infer(combination.votes, now);
      for (int state = 0; state < states; state++) {
        moved += combination.times * Math.abs(now[state] - combination.probabilities[state]);
        combination.probabilities[state] = now[state];
      }
    }
    return moved / (double) votes.items();
  }

  private Expected expected() {
    var sums = new Expected(votes.voters().size(), levels, votes.classes().size());
    for (Combination combination : combinations) {
      sums.add(combination.votes, combination.probabilities, combination.times);
    }
    return sums;
  }
}
