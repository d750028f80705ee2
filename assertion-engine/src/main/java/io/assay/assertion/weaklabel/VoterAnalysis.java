package io.assay.assertion.weaklabel;

import java.util.ArrayList;
import java.util.List;

/**
 * How much a voter says, and how often others say the same: Snorkel's look at labelling functions.
 *
 * @param voter whose votes
 * @param items on which anybody votes
 * @param voted of these, on how many it votes
 * @param overlapping of these, where another votes too
 * @param conflicting of these, where another says otherwise
 */
public record VoterAnalysis(
    String voter, long items, long voted, long overlapping, long conflicting) {

  /** Each voter, in order. */
  public static List<VoterAnalysis> of(VoteCounts votes) {
    int voters = votes.voters().size();
    long[][] counts = new long[voters][3];
    votes.forEach(
        (vote, times) -> {
          for (int i = 0; i < voters; i++) {
            if (vote[i] != VoteCounts.ABSTAINS) {
              counts[i][0] += times;
              counts[i][1] += others(vote, i, false) ? times : 0;
              counts[i][2] += others(vote, i, true) ? times : 0;
            }
          }
        });
    List<VoterAnalysis> all = new ArrayList<>();
    for (int i = 0; i < voters; i++) {
      all.add(
          new VoterAnalysis(
              votes.voters().get(i), votes.items(), counts[i][0], counts[i][1], counts[i][2]));
    }
    return all;
  }

  private static boolean others(int[] vote, int of, boolean otherwise) {
    for (int i = 0; i < vote.length; i++) {
      if (i != of && vote[i] != VoteCounts.ABSTAINS && (!otherwise || vote[i] != vote[of])) {
        return true;
      }
    }
    return false;
  }

  /** Voted by items, in 0 .. 1; 0 of none. */
  public double coverage() {
    return share(voted);
  }

  /** Overlapping by items, in 0 .. 1; 0 of none. */
  public double overlap() {
    return share(overlapping);
  }

  /** Conflicting by items, in 0 .. 1; 0 of none. */
  public double conflict() {
    return share(conflicting);
  }

  private double share(long of) {
    return items == 0 ? 0 : (double) of / items;
  }
}
