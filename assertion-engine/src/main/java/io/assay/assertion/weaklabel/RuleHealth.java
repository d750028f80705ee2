package io.assay.assertion.weaklabel;

import java.util.ArrayList;
import java.util.List;

/** What is the matter with a rule, as far as its flags show. */
public sealed interface RuleHealth {
  /**
   * It judged items and never flagged one: nothing is wrong there, or its threshold is.
   *
   * @param judged how many
   */
  record Dead(String rule, long judged) implements RuleHealth {}

  /** It judged no item: its stream is silent, or its {@code where} lets nothing through. */
  record Idle(String rule) implements RuleHealth {}

  /**
   * Two rules flag the same: one of them does.
   *
   * @param share of the items that either flags, of those both judged: what both flag, in 0 .. 1
   * @param flags that either has
   */
  record Redundant(String rule, String other, double share, long flags) implements RuleHealth {}

  /**
   * What stands out, dead and idle rules first, then pairs in the order of the rules.
   *
   * @param votes of rules: flag or no flag, and no vote where a rule did not judge
   * @param flag the class that says that something is wrong
   * @param same from which share on two rules are redundant, in 0 .. 1
   */
  static List<RuleHealth> of(VoteCounts votes, String flag, double same) {
    int flagged = votes.classes().indexOf(flag);
    if (flagged < 0 || !(same >= 0 && same <= 1)) {
      throw new IllegalArgumentException(
          "needed one of %s and a share in 0 .. 1, got %s and %s"
              .formatted(votes.classes(), flag, same));
    }
    int rules = votes.voters().size();
    long[] judged = new long[rules];
    long[] flags = new long[rules];
    long[][] both = new long[rules][rules];
    long[][] either = new long[rules][rules];
    votes.forEach(
        (vote, times) -> {
          for (int i = 0; i < rules; i++) {
            judged[i] += vote[i] != VoteCounts.ABSTAINS ? times : 0;
            flags[i] += vote[i] == flagged ? times : 0;
            for (int j = i + 1; j < rules; j++) {
              if (vote[i] != VoteCounts.ABSTAINS && vote[j] != VoteCounts.ABSTAINS) {
                both[i][j] += vote[i] == flagged && vote[j] == flagged ? times : 0;
                either[i][j] += vote[i] == flagged || vote[j] == flagged ? times : 0;
              }
            }
          }
        });
    List<RuleHealth> found = new ArrayList<>();
    for (int i = 0; i < rules; i++) {
      if (judged[i] == 0) {
        found.add(new Idle(votes.voters().get(i)));
      } else if (flags[i] == 0) {
        found.add(new Dead(votes.voters().get(i), judged[i]));
      }
    }
    for (int i = 0; i < rules; i++) {
      for (int j = i + 1; j < rules; j++) {
        double share = either[i][j] == 0 ? 0 : (double) both[i][j] / either[i][j];
        if (either[i][j] > 0 && share >= same) {
          found.add(
              new Redundant(votes.voters().get(i), votes.voters().get(j), share, either[i][j]));
        }
      }
    }
    return found;
  }
}
