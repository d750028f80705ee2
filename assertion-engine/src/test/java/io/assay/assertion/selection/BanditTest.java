package io.assay.assertion.selection;

import static io.assay.assertion.selection.Samples.by;
import static io.assay.assertion.selection.Samples.episodes;
import static io.assay.assertion.selection.Samples.ids;
import static io.assay.assertion.selection.Samples.ofAssertion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.assertion.selection.Strategy.Bandit;
import io.assay.assertion.selection.Strategy.From;
import io.assay.assertion.selection.Strategy.Measure;
import io.assay.assertion.selection.Strategy.Random;
import io.assay.assertion.selection.Strategy.Ties;
import io.assay.assertion.selection.Strategy.Uncertain;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sentence by sentence after Algorithm 2 of the paper. */
class BanditTest {
  private static final Bandit BAL = Bandit.fallingBackTo(new Random(From.FLAGGED));
  private static final List<Candidate> TWO = episodes(1000, "flicker", "appear");

  private static Round round(Map<String, Firing> before, Map<String, Firing> now) {
    return new Round(1, 400, TWO, List.of(), before, now);
  }

  private static Map<String, Firing> counts(long flicker, long appear) {
    return Map.of("flicker", new Firing(flicker, 0), "appear", new Firing(appear, 0));
  }

  @Test
  void roundZeroDrawsFromEachAssertionAlike() {
    var unequal = new java.util.ArrayList<>(episodes(900, "flicker"));
    unequal.addAll(episodes(300, "appear"));
    Selection chosen = Selector.select(Plan.plain(BAL, 1), Round.first(200, unequal));
    assertThat(by(chosen, Arm.UNIFORM)).isEqualTo(200);
    // 100 of each expected; five standard deviations are 35.
    assertThat(ofAssertion(chosen, "appear")).isBetween(65L, 135L);
    assertThat(chosen.picks().getFirst().probability()).isIn(1 / 1800.0, 1 / 600.0);
  }

  @Test
  void laterItDrawsByHowMuchLessAnAssertionFires() {
    // Down by a third and by a sixth: two draws to one.
    Selection chosen =
        Selector.select(Plan.plain(BAL, 2), round(counts(300, 600), counts(200, 500)));
    assertThat(chosen.gains().get("flicker")).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(chosen.gains().get("appear")).isCloseTo(1 / 6.0, within(1e-12));
    assertThat(by(chosen, Arm.UNIFORM)).isEqualTo(100);
    long flickers =
        chosen.picks().stream()
            .filter(p -> p.arm() == Arm.GAIN && "flicker".equals(p.candidate().assertion()))
            .count();
    // 200 of 300 expected; five standard deviations are 41.
    assertThat(flickers).isBetween(159L, 241L);
  }

  @Test
  void whatFiresMoreOftenHasGainedNothing() {
    Selection chosen =
        Selector.select(Plan.plain(BAL, 3), round(counts(100, 100), counts(300, 90)));
    assertThat(chosen.gains().get("flicker")).isZero();
    assertThat(chosen.picks().stream().filter(p -> p.arm() == Arm.GAIN))
        .hasSize(300)
        .allMatch(p -> "appear".equals(p.candidate().assertion()));
  }

  @Test
  void ratesAreComparedWhereItIsKnownHowManyWereJudged() {
    var before = Map.of("flicker", new Firing(100, 1000), "appear", new Firing(100, 1000));
    var now = Map.of("flicker", new Firing(150, 3000), "appear", new Firing(50, 500));
    Selection chosen = Selector.select(Plan.plain(BAL, 4), round(before, now));
    assertThat(chosen.gains().get("flicker")).isCloseTo(0.5, within(1e-12));
    assertThat(chosen.gains().get("appear")).isCloseTo(0, within(1e-12));
  }

  @Test
  void fallsBackWhenEveryGainIsUnderOnePercent() {
    Selection under =
        Selector.select(Plan.plain(BAL, 5), round(counts(1000, 1000), counts(991, 995)));
    assertThat(under.fellBack()).isTrue();
    assertThat(by(under, Arm.RANDOM)).isEqualTo(300);
    Selection once =
        Selector.select(Plan.plain(BAL, 5), round(counts(1000, 1000), counts(990, 995)));
    assertThat(once.fellBack()).isFalse();
    assertThat(by(once, Arm.GAIN)).isEqualTo(300);
  }

  @Test
  void fallsBackToUncertaintyWhereTheUserSaysSo() {
    List<Candidate> sure =
        episodes(50, "flicker").stream()
            .map(c -> c.with(Probabilities.ofConfidence(0.5 + c.severity() / 100)))
            .toList();
    var bandit = new Bandit(0, 0.01, Ties.SHARE, new Uncertain(Measure.MARGIN, From.ALL));
    Selection chosen =
        Selector.select(
            Plan.plain(bandit, 6), new Round(1, 3, sure, List.of(), Map.of(), Map.of()));
    assertThat(ids(chosen)).containsExactly("flicker1", "flicker2", "flicker3");
    assertThat(chosen.picks()).allMatch(p -> p.arm() == Arm.UNCERTAIN && p.probability() == 1);
  }

  @Test
  void withinAnAssertionTheRankOfTheSeverityCounts() {
    var bandit = new Bandit(0, 0.01, Ties.SHARE, new Random(From.FLAGGED));
    List<Candidate> some =
        List.of(
            Samples.episode("a", "flicker", 0.1, 0),
            Samples.episode("b", "flicker", 700, 0),
            Samples.episode("c", "flicker", 0.2, 0));
    int[] drawn = new int[3];
    for (int seed = 0; seed < 6000; seed++) {
      var one =
          new Round(
              1,
              1,
              some,
              List.of(),
              Map.of("flicker", new Firing(2, 0)),
              Map.of("flicker", new Firing(1, 0)));
      Pick pick = Selector.select(Plan.plain(bandit, seed), one).picks().getFirst();
      int which = "abc".indexOf(pick.candidate().id());
      drawn[which]++;
      assertThat(pick.probability()).isCloseTo(new double[] {1, 3, 2}[which] / 6, within(1e-12));
    }
    // 1000, 3000 and 2000 expected; five standard deviations are 144, 194 and 183.
    assertThat(drawn[0]).isBetween(856, 1144);
    assertThat(drawn[1]).isBetween(2806, 3194);
    assertThat(drawn[2]).isBetween(1817, 2183);
  }

  @Test
  void equalSeveritiesShareTheirRanksOrGoByOrder() {
    double[] some = {7, 3, 7, 0, 7};
    assertThat(Ranks.doubled(some, Ties.SHARE)).containsExactly(8, 4, 8, 2, 8);
    assertThat(Ranks.doubled(some, Ties.BY_ORDER)).containsExactly(6, 4, 8, 2, 10);
  }

  @Test
  void whatIsLeftOfTheBudgetIsTheFallbacks() {
    Selection chosen =
        Selector.select(
            Plan.plain(BAL, 7),
            new Round(
                1,
                30,
                episodes(20, "flicker", "appear"),
                List.of(),
                counts(10, 10),
                counts(5, 10)));
    assertThat(by(chosen, Arm.GAIN)).isLessThanOrEqualTo(20);
    assertThat(ofAssertion(chosen, "flicker")).isEqualTo(20);
    assertThat(by(chosen, Arm.RANDOM)).isGreaterThanOrEqualTo(2);
    assertThat(chosen.unfilled()).isZero();
  }
}
