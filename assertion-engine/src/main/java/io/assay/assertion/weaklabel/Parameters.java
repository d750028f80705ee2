package io.assay.assertion.weaklabel;

/** How likely each state is and what each voter says in it: what the model believes now. */
final class Parameters {
  /**
   * Added to the expected counts, so that nothing seen is not impossible: one item spread over the
   * answers of a voter in a state, and one to each state.
   */
  private static final double SMOOTHING = 1;

  final Dependence dependence;

  /** As {@link Expected#said}, in probabilities. */
  final double[][] answers;

  private final int classes;
  private final double[] logStates;
  private final double[][] logAnswers;

  Parameters(Expected seen, Dependence dependence) {
    this(seen, answers(seen), dependence);
  }

  private Parameters(Expected seen, double[][] answers, Dependence dependence) {
    this.dependence = dependence;
    this.answers = answers;
    classes = seen.classes;
    logStates = logs(shares(seen.states, 0, seen.states.length, SMOOTHING));
    logAnswers = new double[answers.length][];
    for (int voter = 0; voter < answers.length; voter++) {
      logAnswers[voter] = logs(answers[voter]);
    }
  }

  private static double[][] answers(Expected seen) {
    int k = seen.classes;
    double[][] answers = new double[seen.voters][seen.states.length * k];
    for (int voter = 0; voter < seen.voters; voter++) {
      for (int state = 0; state < seen.states.length; state++) {
        double[] row = shares(seen.said[voter], state * k, k, SMOOTHING / k);
        System.arraycopy(row, 0, answers[voter], state * k, k);
      }
    }
    return answers;
  }

  private static double[] shares(double[] counts, int from, int length, double more) {
    double[] shares = new double[length];
    double sum = 0;
    for (int i = 0; i < length; i++) {
      shares[i] = counts[from + i] + more;
      sum += shares[i];
    }
    for (int i = 0; i < length; i++) {
      shares[i] /= sum;
    }
    return shares;
  }

  private static double[] logs(double[] of) {
    double[] logs = new double[of.length];
    for (int i = 0; i < of.length; i++) {
      logs[i] = Math.log(of[i]);
    }
    return logs;
  }

  /**
   * Fills in the probabilities of an item's states.
   *
   * @return the logarithm of the (composite) likelihood of the votes
   */
  double infer(int[] votes, double[] into) {
    System.arraycopy(logStates, 0, into, 0, into.length);
    for (int voter = 0; voter < votes.length; voter++) {
      if (votes[voter] == VoteCounts.ABSTAINS) {
        continue;
      }
      double weight = dependence.weight(voter, votes);
      for (int state = 0; state < into.length; state++) {
        into[state] += weight * logAnswers[voter][state * classes + votes[voter]];
      }
    }
    double highest = into[0];
    for (double log : into) {
      highest = Math.max(highest, log);
    }
    double sum = 0;
    for (int state = 0; state < into.length; state++) {
      into[state] = Math.exp(into[state] - highest);
      sum += into[state];
    }
    for (int state = 0; state < into.length; state++) {
      into[state] /= sum;
    }
    return highest + Math.log(sum);
  }
}
