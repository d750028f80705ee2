package io.assay.assertion.weaklabel;

import java.util.Arrays;

/**
 * How far voters repeat each other: of what two could differ in, given the class, the share in
 * which they agree beyond what their accuracies explain. 0: each has its own say. 1: copies.
 *
 * <p>Of the voters on an item each weighs 1 / (1 + the sum of its dependence on the others there),
 * so that two copies have one voice together, and one of them alone has a whole one (Kish's design
 * effect, of voters). Likelihoods with such weights are composite (Varin, Reid and Firth, 2011).
 */
final class Dependence {
  /** Less is left to how hard items are, and to chance. */
  private static final double NOTICED = 0.1;

  private final int voters;
  private final double[] shares;

  private Dependence(int voters, double[] shares) {
    this.voters = voters;
    this.shares = shares;
  }

  static Dependence none(int voters) {
    return new Dependence(voters, new double[voters * voters]);
  }

  /**
   * Before any class is guessed: by agreement beyond each one's habits alone (Cohen's kappa), to
   * the fourth power, which hardly counts voters that agree because they are right, and counts
   * copies. Without it three copies that are often wrong outvote the first guess, and no later step
   * finds back.
   */
  static Dependence beforehand(VoteCounts votes) {
    int m = votes.voters().size();
    int k = votes.classes().size();
    double[][] tables = new double[m * m][k * k];
    votes.forEach(
        (vote, times) -> {
          for (int i = 0; i < m; i++) {
            for (int j = i + 1; j < m; j++) {
              if (vote[i] != VoteCounts.ABSTAINS && vote[j] != VoteCounts.ABSTAINS) {
                tables[i * m + j][vote[i] * k + vote[j]] += times;
              }
            }
          }
        });
    double[] shares = new double[m * m];
    for (int i = 0; i < m; i++) {
      for (int j = i + 1; j < m; j++) {
        double kappa = Math.max(0, kappa(tables[i * m + j], k));
        set(shares, m, i, j, kappa * kappa * kappa * kappa);
      }
    }
    return new Dependence(m, shares);
  }

  private static double kappa(double[] table, int k) {
    double all = Arrays.stream(table).sum();
    double same = 0;
    double chance = 0;
    for (int a = 0; a < k; a++) {
      double row = 0;
      double column = 0;
      for (int b = 0; b < k; b++) {
        row += table[a * k + b];
        column += table[b * k + a];
      }
      same += table[a * k + a];
      chance += row * column;
    }
    double rest = all * all - chance;
    return rest <= 0 ? 0 : (same * all - chance) / rest;
  }

  /** By agreement beyond what the model's accuracies explain. */
  static Dependence of(Expected seen, double[][] answers) {
    int m = seen.voters;
    int k = seen.classes;
    double[] shares = new double[m * m];
    for (int i = 0; i < m; i++) {
      for (int j = i + 1; j < m; j++) {
        double[] both = seen.both[i * m + j];
        double all = 0;
        double chance = 0;
        for (int state = 0; state < both.length; state++) {
          double same = 0;
          for (int vote = state * k; vote < (state + 1) * k; vote++) {
            same += answers[i][vote] * answers[j][vote];
          }
          all += both[state];
          chance += both[state] * same;
        }
        double beyond = all <= chance ? 0 : (seen.same[i * m + j] - chance) / (all - chance);
        set(shares, m, i, j, Math.max(0, (beyond - NOTICED) / (1 - NOTICED)));
      }
    }
    return new Dependence(m, shares);
  }

  private static void set(double[] shares, int m, int i, int j, double share) {
    shares[i * m + j] = share;
    shares[j * m + i] = share;
  }

  /** Half way to another, so that weights and guesses do not chase each other. */
  Dependence towards(Dependence other) {
    double[] middle = new double[shares.length];
    for (int i = 0; i < shares.length; i++) {
      middle[i] = (shares[i] + other.shares[i]) / 2;
    }
    return new Dependence(voters, middle);
  }

  double between(int one, int other) {
    return shares[one * voters + other];
  }

  /** What a voter's say is worth among those who vote on an item, in 0 .. 1. */
  double weight(int voter, int[] votes) {
    double together = 1;
    for (int other = 0; other < voters; other++) {
      if (other != voter && votes[other] != VoteCounts.ABSTAINS) {
        together += shares[voter * voters + other];
      }
    }
    return 1 / together;
  }

  /** How many voices there are where all vote. */
  double voices() {
    int[] all = new int[voters];
    double sum = 0;
    for (int voter = 0; voter < voters; voter++) {
      sum += weight(voter, all);
    }
    return sum;
  }
}
