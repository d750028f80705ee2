package io.assay.bench.street;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.ir.CheckedRules;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streets on which no rule was tried, and that are in no report. */
class StreetReportTest {
  private static final Map<String, Score> SCORES = new LinkedHashMap<>();

  @BeforeAll
  static void drive() {
    CheckedRules rules = StreetReport.rules();
    for (long seed = 2001; seed <= 2003; seed++) {
      StreetReport.of(seed, rules).forEach((name, score) -> SCORES.merge(name, score, Score::plus));
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
}
