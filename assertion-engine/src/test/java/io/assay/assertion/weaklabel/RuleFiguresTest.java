package io.assay.assertion.weaklabel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.assay.assertion.weaklabel.ThresholdSuggestion.Reviewed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What rules say, find, and miss. */
class RuleFiguresTest {
  private static final int NO = 0;
  private static final int FLAG = 1;
  private static final int NONE = VoteCounts.ABSTAINS;

  @Test
  void coverageOverlapAndConflictByHand() {
    VoteCounts votes = votes("a", "b", "c");
    votes.add(FLAG, FLAG, NONE);
    votes.add(FLAG, NO, NONE);
    votes.add(NONE, NONE, NO);
    votes.add(NO, NONE, NONE);

    assertThat(VoterAnalysis.of(votes))
        .containsExactly(
            new VoterAnalysis("a", 4, 3, 2, 1),
            new VoterAnalysis("b", 4, 2, 2, 1),
            new VoterAnalysis("c", 4, 1, 0, 0));
    assertThat(VoterAnalysis.of(votes).getFirst().coverage()).isEqualTo(0.75);
    assertThat(VoterAnalysis.of(votes).getFirst().overlap()).isEqualTo(0.5);
    assertThat(VoterAnalysis.of(votes).getFirst().conflict()).isEqualTo(0.25);
    assertThat(VoterAnalysis.of(votes("a")).getFirst().coverage()).isZero();
  }

  @Test
  void deadIdleAndRedundantRulesAreNamed() {
    VoteCounts votes = votes("a", "b", "dead", "idle");
    votes.add(new int[] {FLAG, FLAG, NO, NONE}, 9);
    votes.add(new int[] {FLAG, NO, NO, NONE}, 1);
    // Where one did not judge, it cannot have agreed.
    votes.add(new int[] {FLAG, NONE, NO, NONE}, 70);
    votes.add(new int[] {NO, NO, NO, NONE}, 20);

    assertThat(RuleHealth.of(votes, "flag", 0.9))
        .containsExactly(
            new RuleHealth.Dead("dead", 100),
            new RuleHealth.Idle("idle"),
            new RuleHealth.Redundant("a", "b", 0.9, 10));
    assertThat(RuleHealth.of(votes, "flag", 0.91)).hasSize(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RuleHealth.of(votes, "flagged", 0.9))
        .withMessage("needed one of [no, flag] and a share in 0 .. 1, got flagged and 0.9");
  }

  /** Lower bounds by SciPy: 9 of 9 0.8126, 20 of 21 0.8283, 20 of 22 below 0.8. */
  @Test
  void theSmallestThresholdThatIsSurelyPreciseIsSuggested() {
    List<Reviewed> seen = new ArrayList<>();
    add(seen, 3, 9, 0);
    add(seen, 2, 11, 1);
    add(seen, 1, 0, 3);

    ThresholdSuggestion suggested = ThresholdSuggestion.reaching(0.8, seen).orElseThrow();
    assertThat(suggested.severity()).isEqualTo(2);
    assertThat(suggested.reviews()).isEqualTo(new Reviews(20, 1, 0));
    assertThat(suggested.kept()).isEqualTo(21.0 / 24);
    assertThat(suggested.interval().low()).isCloseTo(0.82831, within(1e-5));
    assertThat(ThresholdSuggestion.reaching(0.6, seen).orElseThrow().severity()).isEqualTo(1);
    assertThat(ThresholdSuggestion.reaching(0.95, seen)).isEmpty();
    assertThat(ThresholdSuggestion.reaching(0.5, List.of(new Reviewed(1, Finding.UNCLEAR))))
        .isEmpty();
  }

  private static void add(List<Reviewed> to, double severity, int right, int wrong) {
    for (int i = 0; i < right + wrong; i++) {
      to.add(new Reviewed(severity, i < right ? Finding.ERROR : Finding.NO_ERROR));
    }
  }

  /** NumPy, four million draws of both posteriors: median 0.6681, 0.4994 to 0.8342. */
  @Test
  void whatIsMissedFollowsFromTheRandomShare() {
    Missed missed =
        Missed.of(9_500, new Reviews(4, 196, 3), 500, new Reviews(80, 20, 0)).orElseThrow();

    assertThat(missed.rate()).isCloseTo(4.5 / 201, within(1e-12));
    assertThat(missed.errors()).isCloseTo(9_500 * 4.5 / 201, within(1e-9));
    assertThat(missed.recall()).isCloseTo(0.6681, within(0.005));
    assertThat(missed.recallInterval().low()).isCloseTo(0.4994, within(0.005));
    assertThat(missed.recallInterval().high()).isCloseTo(0.8342, within(0.005));
  }

  @Test
  void nothingIsSaidOfTheMissedBeforeSomebodyLooked() {
    Reviews some = new Reviews(1, 1, 0);

    assertThat(Missed.of(10, new Reviews(0, 0, 9), 10, some)).isEmpty();
    assertThat(Missed.of(10, some, 10, Reviews.none())).isEmpty();
    assertThat(Missed.of(10, some, 0, some)).isEmpty();
    assertThat(Missed.of(0, some, 10, some).orElseThrow().recall()).isEqualTo(1);
  }

  private static VoteCounts votes(String... rules) {
    return new VoteCounts(List.of(rules), List.of("no", "flag"));
  }
}
