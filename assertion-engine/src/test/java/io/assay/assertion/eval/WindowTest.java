package io.assay.assertion.eval;

import static io.assay.assertion.eval.WindowTrial.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import org.junit.jupiter.api.Test;

/** Windows: when they close, what is counted in them, and what is said of them. */
class WindowTest {
  private static final String HIGH =
      "assertion high on loans { window tumbling 1h expect mean(score) < 0.5 }";

  private static String score(double score) {
    return "\"score\":" + score;
  }

  @Test
  void aWindowClosesOnceEventTimeHasPassedItsEndAndTheLateness() {
    WindowTrial trial = WindowTrial.of(HIGH).event(0, score(0.9)).event(HOUR + 9_999, score(0));
    assertThat(trial.violations).isEmpty();
    trial.event(HOUR + 10_000, score(0));
    assertThat(trial.violations).hasSize(1);
  }

  @Test
  void aWindowHasItsBeginningAndNotItsEnd() {
    WindowTrial trial =
        WindowTrial.of(HIGH).event(0, score(0.9)).event(HOUR, score(0.9)).event(3 * HOUR, score(0));
    assertThat(trial.violations).extracting(v -> v.from() / 1_000_000).containsExactly(0L, HOUR);
    assertThat(trial.violations)
        .extracting(v -> v.to() / 1_000_000)
        .containsExactly(HOUR, 2 * HOUR);
  }

  @Test
  void whatComesWithinTheLatenessCountsAndWhatComesLaterDoesNot() {
    WindowTrial trial =
        WindowTrial.of("assertion few on loans { window tumbling 1h expect count(true) > 9 }")
            .event(HOUR - 1, "")
            .event(HOUR + 9_000, "")
            .event(HOUR - 2, "")
            .event(HOUR + 20_000, "")
            .event(HOUR - 3, "");
    assertThat(trial.value(0, "count")).isEqualTo("2");
    assertThat(trial.count(Tally.LATE)).isEqualTo(1);
  }

  @Test
  void aSilentPartitionHoldsWindowsOpenForAMinuteOnly() {
    WindowTrial trial =
        WindowTrial.of(HIGH)
            .expect(1, 2 * HOUR)
            .count(0, 0, score(0.9))
            .count(0, 2 * HOUR, score(0))
            .handOn(0, 2 * HOUR + 59_999);
    assertThat(trial.violations).isEmpty();
    trial.pass(2 * HOUR + 60_000);
    assertThat(trial.violations).hasSize(1);
  }

  @Test
  void theSlowestPartitionSaysHowFarEventTimeIs() {
    WindowTrial trial =
        WindowTrial.of(HIGH)
            .count(1, 0, score(0.9))
            .handOn(1, 0)
            .count(0, 2 * HOUR, 2 * HOUR, score(0))
            .handOn(0, 1);
    assertThat(trial.violations).isEmpty();
    trial.count(1, HOUR + 10_000, score(0.1)).handOn(1, 2);
    assertThat(trial.violations).hasSize(1);
  }

  @Test
  void whenAllAreSilentTheTimeThatPassesClosesWindows() {
    WindowTrial trial = WindowTrial.of(HIGH).event(HOUR - 60_000, score(0.9));
    trial.pass(HOUR + 9_999);
    assertThat(trial.violations).isEmpty();
    trial.pass(HOUR + 10_000);
    assertThat(trial.violations).hasSize(1);
  }

  @Test
  void anEventFromTheFutureClosesNoWindow() {
    WindowTrial trial =
        WindowTrial.of(HIGH)
            .count(0, 0, score(0.9))
            .count(0, 9 * HOUR, 1, score(0.9))
            .handOn(0, 1)
            .finish();
    assertThat(trial.violations).isEmpty();
    assertThat(trial.stored()).isLessThan(400);
    assertThat(trial.count(Tally.SEEN)).isEqualTo(1);
  }

  @Test
  void atTheEndOfARecordingTheLastWindowIsNotOver() {
    WindowTrial trial =
        WindowTrial.of(HIGH).event(0, score(0.9)).event(HOUR + 1, score(0.9)).finish();
    assertThat(trial.violations).hasSize(1);
  }

  @Test
  void fewerThanAtLeastIsUndecidedForEachSegment() {
    WindowTrial trial =
        WindowTrial.of(
            """
            assertion high on loans {
              by region
              window tumbling 1h at least 2 events
              expect mean(score) < 0.5
            }
            """);
    trial.event(0, score(0.9) + ",\"region\":\"north\"");
    trial.event(1, score(0.9) + ",\"region\":\"north\"");
    trial.event(2, score(0.9) + ",\"region\":\"south\"");
    trial.event(3, score(0.9)).event(4, score(0.9)).event(2 * HOUR, "");
    assertThat(trial.violations)
        .extracting(Violation::label)
        .containsExactly("region north", "region missing");
    assertThat(trial.reasons).containsExactly("needs at least 2 events, got 1");
    assertThat(trial.value(0, "at least events")).isEqualTo("2");
  }

  @Test
  void evidenceShowsStatisticsAsTheyWereWrittenAndHowSureSharesAre() {
    WindowTrial trial =
        WindowTrial.of(
            """
            assertion high on loans {
              window tumbling 1h
              let high = share(score >= 0.5)
              expect high < 50%
              severity high
              explain "{high} of {count} since {start}"
            }
            """);
    for (int i = 0; i < 100; i++) {
      trial.event(i, score(i < 60 ? 0.9 : 0.1));
    }
    trial.event(2 * HOUR, "");
    assertThat(trial.violations.getFirst().sentence())
        .isEqualTo("0.6 of 100 since 1970-01-01T00:00:00Z");
    assertThat(trial.violations.getFirst().severity()).isEqualTo(0.6);
    assertThat(trial.value(0, "high")).isEqualTo("0.6");
    // Wilson's interval of 60 of 100
    assertThat(trial.value(0, "share(loans.score >= 0.5), 95 % interval"))
        .isEqualTo("[0.502003,0.690599]");
    assertThat(trial.value(0, "count")).isEqualTo("100");
  }

  @Test
  void aRuleWithoutASentenceNamesTheStatisticAndTheWindow() {
    WindowTrial trial = WindowTrial.of(HIGH).event(0, score(0.9)).event(2 * HOUR, score(0));
    assertThat(trial.violations.getFirst().sentence())
        .contains("mean(loans.score) < 0.5", "1970-01-01T00:00:00Z to 1970-01-01T01:00:00Z", "0.9");
  }

  @Test
  void violatedWindowsThatTouchAreOneEpisode() {
    WindowTrial trial = WindowTrial.of(HIGH);
    trial.event(0, score(0.9)).event(HOUR, score(0.9)).event(2 * HOUR, score(0.1));
    trial.event(3 * HOUR, score(0.9)).event(5 * HOUR, score(0.1));
    assertThat(trial.violations).hasSize(3);
    String first = trial.violations.getFirst().id();
    assertThat(trial.violations)
        .extracting(Violation::episode)
        .containsExactly(first, first, trial.violations.get(2).id());
  }

  @Test
  void byKeyIsAWindowForEachKey() {
    WindowTrial trial =
        WindowTrial.of(
            "assertion high on loans { by key window tumbling 1h expect mean(score) < 0.5 }");
    trial.event(0, score(0.9)).event(2 * HOUR, score(0));
    assertThat(trial.violations).extracting(Violation::key).containsExactly("p");
  }

  @Test
  void hoppingWindowsOverlap() {
    WindowTrial trial =
        WindowTrial.of(
            "assertion some on loans { window hopping 3h every 2h expect count(true) > 9 }");
    trial.event(2 * HOUR + 1, "").event(12 * HOUR, "");
    assertThat(trial.violations)
        .extracting(v -> v.from() / 1_000_000 / HOUR)
        .containsExactly(0L, 2L);
    trial.event(20 * HOUR, "");
    assertThat(trial.violations)
        .extracting(v -> v.from() / 1_000_000 / HOUR)
        .containsExactly(0L, 2L, 10L, 12L);
  }

  @Test
  void aSessionEndsWithAPause() {
    WindowTrial trial =
        WindowTrial.of("assertion some on loans { window session 30s expect count(true) > 9 }");
    trial.event(0, "").event(29_999, "").event(60_000, "").event(200_000, "");
    assertThat(trial.violations).extracting(v -> v.from() / 1_000_000).containsExactly(0L, 60_000L);
    assertThat(trial.value(0, "count")).isEqualTo("2");
  }

  @Test
  void aSessionIsJoinedByWhatComesBetween() {
    WindowTrial trial =
        WindowTrial.of("assertion some on loans { window session 30s expect count(true) > 9 }");
    trial.count(0, 40_000, "").handOn(0, 0).count(1, 0, "").count(1, 20_000, "").handOn(1, 0);
    trial.count(0, 500_000, "").count(1, 500_000, "").handOn(0, 0).handOn(1, 0);
    assertThat(trial.violations).hasSize(1);
    assertThat(trial.value(0, "count")).isEqualTo("3");
  }

  @Test
  void acrossComparesTheValuesOfASegmentWhateverTheOthersAre() {
    WindowTrial trial =
        WindowTrial.of(
            """
            assertion fair on loans {
              by region, age
              window tumbling 1h at least 2 events
              expect across region: max(mean(score)) - min(mean(score)) <= 0.5
            }
            """);
    trial.event(0, score(0.2) + ",\"region\":\"north\",\"age\":1");
    trial.event(1, score(0.4) + ",\"region\":\"north\",\"age\":2");
    trial.event(2, score(0.9) + ",\"region\":\"south\",\"age\":1");
    trial.event(3, score(1.0) + ",\"region\":\"south\",\"age\":1");
    trial.event(4, score(100) + ",\"region\":\"west\",\"age\":1").event(2 * HOUR, "");
    assertThat(trial.violations).hasSize(1);
    assertThat(trial.number(0, "max(mean(loans.score))")).isEqualTo(0.95);
    assertThat(trial.number(0, "min(mean(loans.score))")).isBetween(0.2999999, 0.3000001);
    assertThat(trial.count(Tally.JUDGED)).isEqualTo(1);
  }

  @Test
  void acrossNeedsTwo() {
    WindowTrial trial =
        WindowTrial.of(
            "assertion fair on loans { by region window tumbling 1h"
                + " expect across region: max(mean(score)) < 0.5 }");
    trial.event(0, score(0.9) + ",\"region\":\"north\"").event(2 * HOUR, "");
    assertThat(trial.reasons).containsExactly("needs two values of region with enough, got 1");
  }

  @Test
  void elementsAreUnitsUnderEach() {
    WindowTrial trial =
        WindowTrial.of(
            "assertion dear on loans { each i in items window tumbling 1h at least 3 elements"
                + " expect mean(i.price) < 2.0 }");
    trial.event(0, "\"items\":[{\"price\":1.0},{\"price\":2.0},{\"price\":6.0}]");
    trial.event(2 * HOUR, "");
    assertThat(trial.number(0, "mean(i.price)")).isEqualTo(3);
    assertThat(trial.value(0, "count")).isEqualTo("3");
    assertThat(trial.value(0, "events")).isEqualTo("1");
  }

  @Test
  void linesMayHaveWindowsOfTheirOwn() {
    WindowTrial trial =
        WindowTrial.of(
            """
            assertion several on loans {
              expect known: score < 2.0 when present
              expect short: count(true) > 9 over tumbling 1h
              expect long:  count(true) > 9 over tumbling 2h
            }
            """);
    trial.event(0, "").event(HOUR, "").event(3 * HOUR, "");
    assertThat(trial.violations)
        .extracting(v -> v.expectation() + " " + v.from() / 1_000_000 / HOUR)
        .containsExactly("short 0", "short 1", "long 0");
  }

  @Test
  void violationsAreReadBackAsTheyWereWritten() {
    WindowTrial trial = WindowTrial.of(HIGH).event(0, score(0.9)).event(2 * HOUR, score(0));
    Violation violation = trial.violations.getFirst();
    assertThat(ViolationJson.read(ViolationJson.write(violation))).isEqualTo(violation);
  }
}
