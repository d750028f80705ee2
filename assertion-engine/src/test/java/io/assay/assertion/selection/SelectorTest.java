package io.assay.assertion.selection;

import static io.assay.assertion.selection.Samples.by;
import static io.assay.assertion.selection.Samples.episode;
import static io.assay.assertion.selection.Samples.episodes;
import static io.assay.assertion.selection.Samples.ids;
import static io.assay.assertion.selection.Samples.ofAssertion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.assertion.selection.Strategy.Bandit;
import io.assay.assertion.selection.Strategy.From;
import io.assay.assertion.selection.Strategy.Measure;
import io.assay.assertion.selection.Strategy.Random;
import io.assay.assertion.selection.Strategy.Severe;
import io.assay.assertion.selection.Strategy.Uncertain;
import io.assay.assertion.selection.Strategy.Uniform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SelectorTest {
  private static final Strategy FLAGGED = new Random(From.FLAGGED);

  static List<Strategy> strategies() {
    return List.of(
        Bandit.fallingBackTo(new Random(From.ALL)),
        new Random(From.ALL),
        FLAGGED,
        new Uncertain(Measure.ENTROPY, From.FLAGGED),
        new Uniform(),
        new Severe());
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void theSameInputAndSeedGiveTheSamePicksReasonsAndProbabilities(Strategy strategy) {
    var round =
        new Round(
            1,
            40,
            episodes(100, "flicker", "appear"),
            List.of(),
            Map.of("flicker", new Firing(9, 0)),
            Map.of("flicker", new Firing(6, 0)));
    Selection once = Selector.select(Plan.guarded(strategy, 11), round);
    assertThat(Selector.select(Plan.guarded(strategy, 11), round)).isEqualTo(once);
    assertThat(once.picks())
        .hasSize(40)
        .allMatch(p -> p.probability() > 0 && p.probability() <= 1 && !p.why().isEmpty());
    assertThat(ids(Selector.select(Plan.guarded(strategy, 12), round))).isNotEqualTo(ids(once));
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void nothingIsPickedTwice(Strategy strategy) {
    List<Candidate> all = episodes(10, "flicker", "appear");
    List<Candidate> earlier = all.subList(0, 5);
    Selection chosen =
        Selector.select(
            Plan.plain(strategy, 3), new Round(2, 50, all, earlier, Map.of(), Map.of()));
    assertThat(ids(chosen)).doesNotHaveDuplicates().hasSize(15);
    assertThat(chosen.picks()).noneMatch(pick -> earlier.contains(pick.candidate()));
    assertThat(chosen.unfilled()).isEqualTo(35);
  }

  @Test
  void episodesOfOneItemAreOneLabel() {
    List<Candidate> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      all.add(episode("e" + i, i % 2 == 0 ? "flicker" : "appear", 1, i).of("frame" + i / 3));
    }
    Selection chosen = Selector.select(Plan.plain(new Uniform(), 1), Round.first(6, all));
    assertThat(chosen.picks().stream().map(pick -> pick.candidate().item()))
        .containsExactlyInAnyOrder("frame0", "frame1");
  }

  @Test
  void theRandomShareIsOfAllFlaggedOrNot() {
    List<Candidate> all = new ArrayList<>(episodes(100, "flicker"));
    for (int i = 0; i < 900; i++) {
      all.add(Candidate.unflagged("u" + i, Samples.at("nobody", i)));
    }
    Selection chosen = Selector.select(Plan.guarded(new Uniform(), 5), Round.first(100, all));
    assertThat(by(chosen, Arm.RANDOM_SHARE)).isEqualTo(25);
    List<Pick> share =
        chosen.picks().stream().filter(pick -> pick.arm() == Arm.RANDOM_SHARE).toList();
    assertThat(share.getFirst().probability()).isEqualTo(1 / 1000.0);
    assertThat(share.stream().filter(pick -> pick.candidate().assertion() == null).count())
        .isGreaterThan(15);
    assertThat(by(chosen, Arm.UNIFORM)).isEqualTo(75);
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void aSubjectIsPickedOnceWithinTheGuardsTime(Strategy strategy) {
    List<Candidate> all = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      Place place = Samples.at("t" + i % 2, 60L * (999 - i));
      all.add(Candidate.flagged("e" + i, place, i % 3 == 0 ? "flicker" : "appear", i));
    }
    List<Candidate> earlier = List.of(Candidate.unflagged("old", Samples.at("t0", 30_000)));
    var guard =
        new Plan(strategy, 0, new Diversity(Duration.ofMinutes(10), 1), null, false, Map.of(), 9);
    Selection chosen = Selector.select(guard, new Round(1, 500, all, earlier, Map.of(), Map.of()));
    assertThat(chosen.picks().size()).isBetween(90, 2 * 100);
    List<Place> places = new ArrayList<>(List.of(earlier.getFirst().place()));
    for (Pick pick : chosen.picks()) {
      Place place = pick.candidate().place();
      assertThat(places)
          .noneMatch(
              other ->
                  other.subject().equals(place.subject())
                      && Duration.between(other.at(), place.at()).abs().toMinutes() < 10);
      places.add(place);
    }
  }

  @Test
  void ofSeveralProposalsTheFarthestEmbeddingIsTaken() {
    List<Candidate> all = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      float x = i < 380 ? i * 1e-4f : 10 * (i - 379);
      all.add(episode("e" + i, "flicker", 1, i).at(Embedding.of(x, 0)));
    }
    var spread = new Plan(FLAGGED, 0, new Diversity(Duration.ZERO, 50), null, false, Map.of(), 1);
    assertThat(lonely(Selector.select(spread, Round.first(20, all)))).isGreaterThan(10);
    assertThat(lonely(Selector.select(Plan.plain(FLAGGED, 1), Round.first(20, all)))).isLessThan(6);
  }

  private static long lonely(Selection chosen) {
    return ids(chosen).stream().filter(id -> Integer.parseInt(id.substring(1)) >= 380).count();
  }

  @Test
  void aDayTakesNoMoreThanItsBudget() {
    List<Candidate> all = new ArrayList<>();
    for (int hour = 0; hour < 72; hour++) {
      all.add(episode("f" + hour, "flicker", 1, 3600L * hour));
      all.add(episode("a" + hour, "appear", 1, 3600L * hour));
    }
    List<Candidate> earlier = List.of(episode("old", "flicker", 1, 3600));
    var plan =
        new Plan(FLAGGED, 0.25, Diversity.NONE, 8, false, Map.of("flicker", new Terms(5, 3, 1)), 2);
    Selection chosen = Selector.select(plan, new Round(1, 100, all, earlier, Map.of(), Map.of()));
    for (int day = 0; day < 3; day++) {
      var from = Samples.START.plus(Duration.ofDays(day));
      var ofDay =
          chosen.picks().stream()
              .filter(
                  p ->
                      !p.candidate().place().at().isBefore(from)
                          && p.candidate().place().at().isBefore(from.plus(Duration.ofDays(1))))
              .toList();
      assertThat(ofDay).hasSize(day == 0 ? 7 : 8);
      assertThat(ofDay.stream().filter(p -> "flicker".equals(p.candidate().assertion())))
          .hasSizeLessThanOrEqualTo(day == 0 ? 2 : 3);
    }
    assertThat(chosen.unfilled()).isEqualTo(77);
    assertThat(chosen.picks())
        .allMatch(p -> p.context() == ("flicker".equals(p.candidate().assertion()) ? 5 : 0));
  }

  @Test
  void anAssertionsShareIsItsLimit() {
    var plan =
        new Plan(
            FLAGGED,
            0,
            Diversity.NONE,
            null,
            false,
            Map.of("flicker", new Terms(0, null, 0.1), "appear", new Terms(0, 0, 1)),
            2);
    Selection chosen =
        Selector.select(plan, Round.first(100, episodes(50, "flicker", "appear", "jump")));
    assertThat(ofAssertion(chosen, "flicker")).isEqualTo(5);
    assertThat(ofAssertion(chosen, "appear")).isZero();
    assertThat(ofAssertion(chosen, "jump")).isEqualTo(50);
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void slicesTakeTurns(Strategy strategy) {
    List<Candidate> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Candidate one = episode("e" + i, "flicker", i, i);
      all.add(i < 280 ? one.in("day") : i < 295 ? one.in("night") : one);
    }
    var plan = new Plan(strategy, 0.2, Diversity.NONE, null, true, Map.of(), 4);
    Selection chosen = Selector.select(plan, Round.first(30, all));
    var slices = new HashSet<Integer>();
    for (String slice : List.of("day", "night")) {
      slices.add(
          (int)
              chosen.picks().stream()
                  .filter(pick -> slice.equals(pick.candidate().slice()))
                  .count());
    }
    // Five have no slice; then the two share what is left.
    assertThat(slices).isSubsetOf(12, 13).isNotEmpty();
    assertThat(chosen.picks()).hasSize(30);
  }

  @Test
  void theLeastSureComeFirstAndThenWhatNothingIsKnownOf() {
    List<Candidate> all =
        List.of(
            episode("unknown", "flicker", 1, 0),
            episode("sure", "flicker", 1, 0).with(Probabilities.of(0.01, 0.99)),
            episode("unsure", "flicker", 1, 0).with(Probabilities.of(0.4, 0.3, 0.3)));
    var plan = Plan.plain(new Uncertain(Measure.LEAST_CONFIDENT, From.FLAGGED), 1);
    Selection chosen = Selector.select(plan, Round.first(5, all));
    assertThat(ids(chosen)).containsExactly("unsure", "sure", "unknown");
    assertThat(chosen.picks().getLast().arm()).isEqualTo(Arm.RANDOM);
    assertThat(chosen.picks().getFirst().why())
        .isEqualTo("least sure: one less the largest probability is 0.600");
  }

  @Test
  void theMostSevereOfAnAssertionIsHeldAgainstItsOwn() {
    List<Candidate> all = new ArrayList<>(episodes(4, "flicker"));
    all.add(episode("large", "agree", 1000, 0));
    all.add(episode("larger", "agree", 2000, 0));
    assertThat(ids(Selector.select(Plan.plain(new Severe(), 1), Round.first(4, all))))
        .containsExactly("flicker4", "larger", "flicker3", "flicker2");
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatThrownBy(() -> episode("e", "flicker", Double.NaN, 0))
        .hasMessage("candidate e needs a severity of at least 0, got NaN");
    assertThatThrownBy(() -> new Diversity(Duration.ofMinutes(-1), 1))
        .hasMessageContaining("apart=PT-1M");
    assertThatThrownBy(() -> new Bandit(1.5, 0.01, Strategy.Ties.SHARE, new Random(From.ALL)))
        .hasMessage("uniformShare is in 0 .. 1, got 1.5");
  }
}
