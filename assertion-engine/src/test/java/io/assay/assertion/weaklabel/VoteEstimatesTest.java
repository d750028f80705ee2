package io.assay.assertion.weaklabel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.assertion.weaklabel.VoteEstimates.Estimate;
import io.assay.assertion.weaklabel.VoteEstimates.Lack;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VoteEstimatesTest {
  private static final int ABSTAINS = VoteCounts.ABSTAINS;

  static LongStream seeds() {
    return LongStream.of(1, 2, 3);
  }

  /** Rare errors, each found by half of the rules or so; items without any flag among them. */
  @ParameterizedTest
  @MethodSource("seeds")
  void precisionsOfRareFlagsAreFoundWithoutTruth(long seed) {
    double[][] flagging = {{0.7, 0.02}, {0.6, 0.01}, {0.6, 0.03}, {0.5, 0.02}};
    Planted planted = Planted.flags(seed, 8_000, 0.05, flagging);

    List<Estimate> estimates = VoteEstimates.of(planted.votes(), "1");

    for (int voter = 0; voter < flagging.length; voter++) {
      Estimate estimate = estimates.get(voter);
      assertThat(estimate.lack()).as(estimate.voter()).isEmpty();
      // Two of the spreads that are let through.
      assertThat(estimate.precision().share().orElseThrow())
          .isCloseTo(planted.precision(voter, 1), within(2 * VoteEstimates.LARGEST_SPREAD));
    }
    assertThat(VoteEstimates.of(planted.votes(), "1")).isEqualTo(estimates);
  }

  /** By hand: all three see 120 errors; beside them "a" is alone 40 times, "b" and "c" 6 times. */
  @Test
  void flagsThatNobodyElseSharesCountAgainstAVoter() {
    List<Estimate> estimates = VoteEstimates.of(byHand(), "error");

    assertThat(estimates).extracting(Estimate::flags).containsExactly(160L, 126L, 126L);
    assertThat(estimates).extracting(Estimate::shared).containsExactly(120L, 120L, 120L);
    assertThat(estimates.get(0).precision().share().orElseThrow())
        .isCloseTo(120.0 / 160, within(0.02));
    assertThat(estimates.get(1).precision().share().orElseThrow())
        .isCloseTo(120.0 / 126, within(0.02));
  }

  private static VoteCounts byHand() {
    var votes = new VoteCounts(List.of("a", "b", "c"), List.of("error", "no-error"));
    votes.add(new int[] {0, 0, 0}, 120);
    votes.add(new int[] {0, 1, 1}, 40);
    votes.add(new int[] {1, 0, 1}, 6);
    votes.add(new int[] {1, 1, 0}, 6);
    votes.add(new int[] {1, 1, 1}, 900);
    return votes;
  }

  @Test
  void withoutThreeVotersThatSayBothThereIsNone() {
    var votes = new VoteCounts(List.of("a", "b", "always"), List.of("error", "no-error"));
    votes.add(new int[] {0, 0, 0}, 500);
    votes.add(new int[] {1, 1, 0}, 500);
    votes.add(new int[] {1, 1, ABSTAINS}, 500);

    assertThat(VoteEstimates.of(votes, "error"))
        .allSatisfy(
            one -> {
              assertThat(one.lack()).contains(Lack.VOTERS);
              assertThat(one.precision()).isEqualTo(new Precision.Unknown());
            });
  }

  @Test
  void ofNoVotesAtAllThereIsNone() {
    var votes = new VoteCounts(List.of("a", "b"), List.of("error", "no-error"));

    assertThat(VoteEstimates.of(votes, "error"))
        .extracting(one -> one.lack().orElseThrow())
        .containsExactly(Lack.VOTERS, Lack.VOTERS);
  }

  /** Else what no other rule looks for would come out as never right. */
  @Test
  void flagsThatNobodyEverSharesTellNothing() {
    VoteCounts votes = new VoteCounts(List.of("a", "b", "c", "own"), List.of("error", "no-error"));
    byHand()
        .patterns()
        .forEach(
            one -> {
              int[] three = one.votes().stream().mapToInt(Integer::intValue).toArray();
              votes.add(new int[] {three[0], three[1], three[2], 1}, one.times());
            });
    votes.add(new int[] {1, 1, 1, 0}, 60);

    assertThat(VoteEstimates.of(votes, "error"))
        .extracting(one -> one.lack().orElse(null))
        .containsExactly(null, null, null, Lack.OTHERS);
  }

  @Test
  void fewFlagsOrFlagsThatAnotherSampleWouldContradictTellNothing() {
    var votes = new VoteCounts(List.of("a", "b", "c"), List.of("error", "no-error"));
    votes.add(new int[] {0, 0, 0}, 10);
    votes.add(new int[] {0, 0, 1}, 4);
    votes.add(new int[] {0, 1, 0}, 4);
    votes.add(new int[] {0, 1, 1}, 16);
    votes.add(new int[] {1, 0, 1}, 4);
    votes.add(new int[] {1, 1, 0}, 4);
    votes.add(new int[] {1, 1, 1}, 200);

    // Of 34 flags about half: a standard error of nine points. The others have 18 flags.
    assertThat(VoteEstimates.of(votes, "error"))
        .extracting(one -> one.lack().orElseThrow())
        .containsExactly(Lack.STEADINESS, Lack.FLAGS, Lack.FLAGS);
  }

  @Test
  void samplesDrawnAgainHaveAsManyItemsAndOnlyWhatThereWas() {
    VoteCounts again = byHand().drawnAgain(new SplittableRandom(1));

    assertThat(again.items()).isEqualTo(byHand().items());
    assertThat(again.patterns())
        .extracting(VoteCounts.Pattern::votes)
        .isSubsetOf(byHand().patterns().stream().map(VoteCounts.Pattern::votes).toList());
    assertThat(again.patterns()).isNotEqualTo(byHand().patterns());
  }

  @Test
  void ofSomeVotersOnlyItemsOfTheirsCount() {
    var votes = new VoteCounts(List.of("a", "b", "c"), List.of("error", "no-error"));
    votes.add(new int[] {0, 1, ABSTAINS}, 2);
    votes.add(new int[] {ABSTAINS, 1, ABSTAINS}, 3);
    votes.add(new int[] {0, 0, 1}, 4);

    VoteCounts some = votes.of(List.of("c", "a"));

    assertThat(some.items()).isEqualTo(6);
    assertThat(some.patterns())
        .containsExactlyInAnyOrder(
            new VoteCounts.Pattern(List.of(ABSTAINS, 0), 2),
            new VoteCounts.Pattern(List.of(1, 0), 4));
  }
}
