package io.assay.assertion.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Tally;
import io.assay.assertion.rule.ir.CheckedRules;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class AlertRehearsalTest {
  private static final CheckedRules RULES =
      TestRules.compiled(
          """
          stream camera from topic "av.camera" {
            key    vehicle     string
            time   at          timestamp(millis)
            score              ratio
          }
          assertion low on camera {
            expect     score >= 0.5
            alert      when rate > 2% for 5min to people
            alert      when rate > 90%
          }
          assertion high on camera { expect score <= 0.9 }
          route people { to webhook("https://example.com/hook")  group by assertion  repeat 1h }
          """);

  private static AlertLedger ledger(int minutes, IntPredicate bad) {
    var ledger = AlertRehearsal.ledger(RULES);
    for (int minute = 0; minute < minutes; minute++) {
      for (int i = 0; i < 10; i++) {
        ledger.count("low", "", Tally.SEEN, 1000 + minute, 1);
        ledger.count("low", "", Tally.JUDGED, 1000 + minute, 1);
        ledger.count(
            "low", "", bad.test(minute) && i < 5 ? Tally.VIOLATED : Tally.HELD, 1000 + minute, 1);
      }
      ledger.count("high", "", Tally.JUDGED, 1000 + minute, 1);
    }
    return ledger;
  }

  @Test
  void onlyAssertionsWithAnAlertAreAskedDraftsToo() {
    assertThat(AlertRehearsal.asked(RULES)).isEqualTo(Set.of("low"));
  }

  @Test
  void tellsNoticesAndPagesOfEachLine() {
    // bad for two hours: it fires 5 minutes in, is repeated, and over 5 minutes after
    AlertRehearsal.Told told =
        AlertRehearsal.run(RULES, ledger(2 * 24 * 60, m -> m >= 60 && m < 180));
    assertThat(told.span()).isEqualTo(Duration.ofDays(2));
    assertThat(told.lines())
        .containsExactly(
            new AlertRehearsal.Line(
                "low", "rate per event > 2% for 5min", List.of("people"), 1, 3, 2),
            new AlertRehearsal.Line("low", "rate per event > 90%", List.of(), 0, 0, 0));
    assertThat(told.pages()).isEqualTo(2);
    assertThat(told.perDay(told.pages())).hasValue(1);
  }

  @Test
  void aBlipShorterThanForTellsNobody() {
    AlertRehearsal.Told told = AlertRehearsal.run(RULES, ledger(120, m -> m == 60));
    assertThat(told.lines().getFirst().fired()).isZero();
    assertThat(told.perDay(0)).as("not a day").isEmpty();
  }

  @Test
  void ledgersAddUpInAnyOrder() {
    AlertLedger whole = ledger(60, m -> m % 7 < 6);
    var parts = AlertRehearsal.ledger(RULES);
    parts.add(ledger(60, m -> m % 7 < 6));
    assertThat(AlertRehearsal.run(RULES, parts)).isEqualTo(AlertRehearsal.run(RULES, whole));
  }
}
