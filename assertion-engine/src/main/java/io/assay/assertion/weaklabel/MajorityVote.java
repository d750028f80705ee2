package io.assay.assertion.weaklabel;

/**
 * Every vote alike: what users report to be as good as a model of the voters often enough, so that
 * both are shown.
 */
public final class MajorityVote {
  private MajorityVote() {}

  /**
   * What share of the votes each class has.
   *
   * @param votes the index of a class, or {@link VoteCounts#ABSTAINS}
   * @param classes how many there are
   * @return a share a class; of all the same where nobody votes
   */
  public static double[] shares(int[] votes, int classes) {
    double[] shares = new double[classes];
    int given = 0;
    for (int vote : votes) {
      if (vote != VoteCounts.ABSTAINS) {
        shares[vote]++;
        given++;
      }
    }
    for (int i = 0; i < classes; i++) {
      shares[i] = given == 0 ? 1.0 / classes : shares[i] / given;
    }
    return shares;
  }
}
