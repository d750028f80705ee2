package io.assay.assertion.weaklabel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LabelModelTest {

  static LongStream seeds() {
    return LongStream.of(1, 2, 3);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void plantedAccuraciesAreFoundWithoutTruth(long seed) {
    Planted planted = Planted.of(seed, 3, 6_000, 0.9, 0.8, 0.75, 0.7);

    LabelModel model = LabelModel.fit(planted.votes());

    assertThat(model.itemsDiffer()).isFalse();
    // Four standard errors of 0.7 of 6,000, and as much again because the classes are guessed.
    planted.checkAccuracies(model, 0.03);
  }

  /** A voter right in six of ten, three times over: plain Dawid-Skene believes the three. */
  @ParameterizedTest
  @MethodSource("seeds")
  void copiesHaveOneVoiceTogether(long seed) {
    Planted planted =
        Planted.of(seed, 3, 6_000, 0.9, 0.8, 0.75, 0.6).withCopies(3, 0.02).withCopies(3, 0.02);

    LabelModel model = LabelModel.fit(planted.votes());
    LabelModel plain = LabelModel.dawidSkene(planted.votes());

    planted.checkAccuracies(model, 0.03);
    assertThat(model.voices()).isCloseTo(4, within(0.15));
    assertThat(model.repeating(0.5)).hasSize(3).allMatch(pair -> pair.share() > 0.9);
    assertThat(share(plain.accuracy("v3"))).isGreaterThan(0.95);
    assertThat(share(plain.accuracy("v0"))).isLessThan(0.7);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aCopyOfTwoClassesIsFound(long seed) {
    Planted planted = Planted.of(seed, 2, 6_000, 0.9, 0.8, 0.75, 0.7).withCopies(3, 0.02);

    planted.checkAccuracies(LabelModel.fit(planted.votes()), 0.04);
  }

  /** One copy abstains often: where it is alone, it has a whole voice. */
  @ParameterizedTest
  @MethodSource("seeds")
  void whoAbstainsIsCountedWhereItVotes(long seed) {
    Planted planted =
        Planted.of(seed, 3, 8_000, 0.9, 0.8, 0.75, 0.7, 0.8).withCopies(3, 0.02).abstaining(0.4);

    planted.checkAccuracies(LabelModel.fit(planted.votes()), 0.04);
  }

  /**
   * A fifth of the items is hard: all are right in half of them only, in the others nearly always.
   */
  @ParameterizedTest
  @MethodSource("seeds")
  void hardItemsAreNoProofOfDependence(long seed) {
    Planted planted = Planted.easyAndHard(seed, 4, 12_000, 0.25, 0.97, 0.45, 6);

    LabelModel model = LabelModel.fit(planted.votes());

    assertThat(model.itemsDiffer()).isTrue();
    assertThat(model.hardShare()).isCloseTo(0.25, within(0.06));
    assertThat(model.voices()).isGreaterThan(5.5);
    planted.checkAccuracies(model, 0.03);
  }

  /** Flags of one in ten: precision and recall of assertions, from agreement alone. */
  @Test
  void precisionAndRecallOfFlags() {
    Planted planted =
        Planted.flags(
            3, 20_000, 0.1, new double[][] {{0.8, 0.02}, {0.6, 0.01}, {0.9, 0.05}, {0.5, 0.03}});

    LabelModel model = LabelModel.fit(planted.votes());

    for (int i = 0; i < 4; i++) {
      String voter = "v" + i;
      assertThat(share(model.precision(voter, "1")))
          .as(voter)
          .isCloseTo(planted.precision(i, 1), within(0.05));
      assertThat(share(model.recall(voter, "1")))
          .as(voter)
          .isCloseTo(planted.recall(i, 1), within(0.05));
    }
  }

  /** By hand: one voter, or a voter and its copy, prove nothing. */
  @Test
  void tooFewVoicesAreNoEvidence() {
    Planted two = Planted.of(1, 2, 1_000, 0.9, 0.8);
    assertThat(LabelModel.fit(two.votes()).accuracy("v0")).isEqualTo(new Precision.Unknown());

    LabelModel copied = LabelModel.fit(two.withCopies(1, 0.0).votes());
    assertThat(copied.voices()).isCloseTo(2, within(0.2));
    assertThat(copied.precision("v0", "1")).isEqualTo(new Precision.Unknown());
  }

  /** Independent slow version: Dawid and Skene's posterior by Bayes' theorem, item by item. */
  @Test
  void classesFollowFromConfusions() {
    Planted planted = Planted.of(5, 2, 4_000, 0.9, 0.8, 0.7);
    LabelModel model = LabelModel.dawidSkene(planted.votes());

    double[] odds = {1, 1};
    int[] votes = {0, 1, 1};
    for (int i = 0; i < 3; i++) {
      double right = share(model.recall("v" + i, "0"));
      double other = share(model.recall("v" + i, "1"));
      odds[0] *= votes[i] == 0 ? right : 1 - right;
      odds[1] *= votes[i] == 1 ? other : 1 - other;
    }
    // Planted classes are even; 0.02 for what they are in this sample.
    assertThat(model.classes(votes)[0]).isCloseTo(odds[0] / (odds[0] + odds[1]), within(0.02));
    assertThat(Arrays.stream(model.classes(-1, -1, -1)).sum()).isCloseTo(1, within(1e-12));
  }

  @Test
  void moreItemsNeedNoNewFit() {
    Planted first = Planted.of(1, 3, 3_000, 0.9, 0.8, 0.75, 0.6).withCopies(3, 0.02);
    Planted second = Planted.of(2, 3, 30_000, 0.9, 0.8, 0.75, 0.6).withCopies(3, 0.02);

    LabelModel grown = LabelModel.fit(first.votes()).with(second.votes());
    VoteCounts all = first.votes();
    all.merge(second.votes());
    LabelModel anew = LabelModel.fit(all);

    for (int i = 0; i < 5; i++) {
      assertThat(share(grown.accuracy("v" + i)))
          .isCloseTo(share(anew.accuracy("v" + i)), within(0.01));
    }
    assertThat(grown.voices()).isCloseTo(anew.voices(), within(0.1));
    assertThat(grown.accuracy("v0"))
        .isInstanceOfSatisfying(
            Precision.Estimated.class,
            estimated -> assertThat(estimated.items()).isEqualTo(33_000));
  }

  @Test
  void orderAndSplitsCannotBeSeen() {
    Planted planted = Planted.of(9, 3, 500, 0.9, 0.8, 0.7);
    var forwards = planted.empty();
    planted.items().forEach(item -> forwards.add(item));
    var backwards = planted.empty();
    var rest = planted.empty();
    for (int i = 499; i >= 0; i--) {
      (i % 3 == 0 ? backwards : rest).add(planted.items().get(i));
    }
    backwards.merge(rest);

    assertThat(LabelModel.fit(backwards).classes(0, 1, 2))
        .containsExactly(LabelModel.fit(forwards).classes(0, 1, 2));
    assertThat(backwards.items()).isEqualTo(500);
  }

  @ParameterizedTest
  @CsvSource({"'0,0,1', '0.667,0.333'", "'-1,1,-1', '0,1'", "'-1,-1,-1', '0.5,0.5'"})
  void theMajorityCountsHeads(String votes, String shares) {
    int[] cast = Arrays.stream(votes.split(",")).mapToInt(Integer::parseInt).toArray();
    double[] expected = Arrays.stream(shares.split(",")).mapToDouble(Double::parseDouble).toArray();

    assertThat(MajorityVote.shares(cast, 2)).containsExactly(expected, within(5e-4));
  }

  @Test
  void whatCannotBeVotedIsRefused() {
    var votes = new VoteCounts(List.of("a", "b"), List.of("no", "yes"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> votes.add(0, 2))
        .withMessage("needed votes in -1 .. 1, got 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> votes.add(0))
        .withMessage("needed a vote of each of 2 voters, got 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelModel.fit(votes))
        .withMessage("a label model needs votes, got none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VoteCounts(List.of("a", "a"), List.of("no", "yes")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> votes.merge(new VoteCounts(List.of("a"), List.of("no", "yes"))));
  }

  @Test
  void anItemWithoutVotesIsNone() {
    var votes = new VoteCounts(List.of("a", "b"), List.of("no", "yes"));
    IntStream.range(0, 5).forEach(i -> votes.add(-1, -1));

    assertThat(votes.items()).isZero();
  }

  private static double share(Precision precision) {
    return precision.share().orElseThrow();
  }
}
