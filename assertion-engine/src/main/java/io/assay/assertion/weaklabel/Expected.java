package io.assay.assertion.weaklabel;

/**
 * How often, as far as the model knows, items were of each class, and what each voter said then:
 * the sufficient statistics of the label model. They add up over items.
 *
 * <p>A <b>state</b> of an item is its class and whether it is easy or hard: {@code level * classes
 * + class}.
 */
final class Expected {
  final int voters;
  final int levels;
  final int classes;

  /** Items by state. */
  final double[] states;

  /** By voter: items by state and what it said, {@code state * classes + vote}. */
  final double[][] said;

  /** By pair {@code i * voters + j}, i below j: items of which both said something, by state. */
  final double[][] both;

  /** By pair: of these, how many where both said the same. */
  final double[] same;

  Expected(int voters, int levels, int classes) {
    this.voters = voters;
    this.levels = levels;
    this.classes = classes;
    states = new double[levels * classes];
    said = new double[voters][states.length * classes];
    both = new double[voters * voters][states.length];
    same = new double[voters * voters];
  }

  /** Takes in items of the same votes, each of the states by these probabilities. */
  void add(int[] votes, double[] probabilities, double times) {
    for (int state = 0; state < states.length; state++) {
      states[state] += times * probabilities[state];
    }
    for (int i = 0; i < voters; i++) {
      if (votes[i] == VoteCounts.ABSTAINS) {
        continue;
      }
      for (int state = 0; state < states.length; state++) {
        said[i][state * classes + votes[i]] += times * probabilities[state];
      }
      for (int j = i + 1; j < voters; j++) {
        if (votes[j] != VoteCounts.ABSTAINS) {
          same[i * voters + j] += votes[i] == votes[j] ? times : 0;
          for (int state = 0; state < states.length; state++) {
            both[i * voters + j][state] += times * probabilities[state];
          }
        }
      }
    }
  }

  void merge(Expected other) {
    sum(states, other.states);
    sum(same, other.same);
    for (int i = 0; i < said.length; i++) {
      sum(said[i], other.said[i]);
    }
    for (int i = 0; i < both.length; i++) {
      sum(both[i], other.both[i]);
    }
  }

  private static void sum(double[] into, double[] more) {
    for (int i = 0; i < into.length; i++) {
      into[i] += more[i];
    }
  }

  Expected copy() {
    var copy = new Expected(voters, levels, classes);
    copy.merge(this);
    return copy;
  }
}
