package io.assay.bench.street;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streets on which no rule was tried, and that are in no report. */
class StreetReportTest {
  private static final Map<String, Score> SCORES = new LinkedHashMap<>();
  private static Pool pool = new Pool(List.of(), List.of(), List.of());

  @BeforeAll
  static void drive() {
    CheckedRules rules = StreetReport.rules();
    for (long seed = 2001; seed <= 2003; seed++) {
      Drive drive = Drive.of(seed);
      List<Violation> violations = Judged.violations(rules, drive);
      StreetReport.scores(drive, violations)
          .forEach((name, score) -> SCORES.merge(name, score, Score::plus));
      pool = pool.with(seed, drive, violations);
    }
  }

  private static Score score(String assertion) {
    return SCORES.getOrDefault(assertion, Score.NONE);
  }

  @Test
  void everyAssertionHasErrorsToFind() {
    assertThat(SCORES).containsOnlyKeys(StreetReport.ASSERTIONS);
    assertThat(SCORES.values()).allMatch(score -> score.visible() > 0);
  }

  @ParameterizedTest
  @CsvSource({"flicker,96", "appear,88", "multibox,100", "agree,98"})
  void isRightAsOftenAsThePaperIs(String assertion, double percent) {
    Score score = score(assertion);

    assertThat(100 * score.precision()).as("%s", score).isGreaterThanOrEqualTo(percent);
    assertThat(score.lift()).as("%s", score).isGreaterThan(10);
  }

  @ParameterizedTest
  @CsvSource({"flicker", "appear", "stable_label", "no_jump", "multibox", "agree", "camera_alive"})
  void findsNineOfTenVisibleErrors(String assertion) {
    assertThat(score(assertion).recall()).as("%s", score(assertion)).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void episodesAndEventsOfAllStreetsCanBeLabelled() {
    assertThat(pool.kinds()).contains("dropout", "ghost", "silence");
    assertThat(right(pool.episodes())).isBetween(0.9, 0.99);
    assertThat(right(pool.events())).isBetween(0.05, 0.5);
    assertThat(pool.episodes().stream().map(item -> item.candidate().place().key()).distinct())
        .containsExactly("v2001", "v2002", "v2003");
    assertThat(
            pool.episodes().stream()
                .flatMap(item -> item.faults().stream().flatMap(Set::stream))
                .distinct()
                .count())
        .as("of %d", pool.kinds().size())
        .isGreaterThan(pool.kinds().size() * 7L / 10)
        .isLessThanOrEqualTo(pool.kinds().size());
  }

  private static double right(List<Pool.Item> items) {
    return items.stream().filter(item -> !item.faults().getFirst().isEmpty()).count()
        / (double) items.size();
  }
}
