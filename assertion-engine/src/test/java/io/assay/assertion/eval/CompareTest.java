package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Golden pairs, worked by hand. */
class CompareTest {
  private static final String STREAM =
      """
      language 1
      stream loans from topic "t" {
        key     applicant string
        time    at        timestamp(millis)
        release string
        input   string?
        risk    double?
        region  string?
      }
      """;

  private static final String NEAR =
      STREAM
          + """
          assertion near on loans {
            compare release by input
            expect old.risk - new.risk < 0.25
            severity old.risk - new.risk
            explain "{input}: {old.risk} then {new.risk}"
          }
          """;

  private static final String HOURLY =
      STREAM
          + """
          assertion hourly on loans {
            by region
            compare release by input
            window tumbling 1h at least 2 pairs
            let worse = new.risk < old.risk
            expect share(worse) <= 50%
            explain "{pairs} pairs of {region}"
          }
          """;

  private static String loan(long seconds, String input, String release, double risk) {
    return "{\"applicant\":\"p\",\"at\":%d,\"input\":\"%s\",\"release\":\"%s\",\"risk\":%s,\"region\":\"%s\"}"
        .formatted(seconds * 1000, input, release, risk, input.startsWith("n") ? "north" : "south");
  }

  private static String sentences(WholeTrial trial) {
    return String.join("; ", trial.violations.stream().map(Violation::sentence).toList());
  }

  @Test
  void aPairIsJudgedWhenTheLaterEventComesWhicheverThatIs() {
    WholeTrial trial =
        WholeTrial.of(NEAR)
            .judge(
                loan(0, "a", "1", 0.75),
                loan(1, "b", "2", 0.5),
                loan(2, "a", "2", 0.5),
                loan(3, "b", "1", 0.625));
    assertThat(sentences(trial)).isEqualTo("a: 0.75 then 0.5");
    assertThat(trial.count("near", Tally.JUDGED)).isEqualTo(2);
    assertThat(trial.count("near", Tally.HELD)).isEqualTo(1);
    assertThat(trial.count("near", Tally.PASSED)).isEqualTo(4);
    trial.judge(loan(4, "c", "10", 0.25), loan(5, "c", "9", 0.75));
    assertThat(sentences(trial)).isEqualTo("a: 0.75 then 0.5; c: 0.75 then 0.25");
  }

  @Test
  void evidenceIsBothEventsAndTheDecidingOneTheLater() {
    Violation found =
        WholeTrial.of(NEAR)
            .judge(loan(0, "a", "2", 0.25), loan(60, "a", "1", 0.75))
            .violations
            .getFirst();
    assertThat(found.events())
        .extracting(Violation.FrozenEvent::role, Violation.FrozenEvent::at)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("old", 60_000_000_000L),
            org.assertj.core.groups.Tuple.tuple("new", 0L));
    assertThat(found.from()).isZero();
    assertThat(found.to()).isEqualTo(60_000_000_000L);
    assertThat(found.at()).isEqualTo(60_000_000_000L);
    assertThat(found.label()).isEqualTo("a: 1 and 2");
    assertThat(found.subject()).isEqualTo("a 1@60000000000 2@0");
    assertThat(found.severity()).isEqualTo(0.5);
    assertThat(found.values())
        .extracting(Violation.Value::expression)
        .contains("old.risk", "new.risk");
  }

  @Test
  void everyTwoVersionsOfAnInputAreAPairWithAnIdOfItsOwn() {
    WholeTrial trial =
        WholeTrial.of(NEAR)
            .judge(
                loan(0, "a", "1", 0.9),
                loan(1, "a", "2", 0.5),
                loan(2, "a", "3", 0.1),
                loan(3, "a", "3", 0.0));
    assertThat(trial.violations).hasSize(5);
    assertThat(trial.violations).extracting(Violation::id).doesNotHaveDuplicates();
    assertThat(trial.count("near", Tally.JUDGED)).isEqualTo(5);
  }

  @Test
  void anInputOfOneVersionIsUndecidedOnceTheBoundHasPassedAndNotBefore() {
    WholeTrial trial =
        WholeTrial.of(NEAR)
            .judge(loan(0, "a", "1", 0.5), loan(60, "b", "1", 0.5), loan(600, "b", "2", 0.5));
    assertThat(trial.count("near", Tally.UNDECIDED)).isZero();
    trial.judge(loan(601, "c", "1", 0.5));
    assertThat(trial.reasons)
        .containsExactly("0 no other version has judged the input within 10min");
    trial.judge(loan(602, "a", "2", 0.0)).finish();
    assertThat(trial.violations).isEmpty();
    assertThat(trial.count("near", Tally.UNDECIDED)).isEqualTo(1);
  }

  @Test
  void timeThatPassesTellsAsWell() {
    WholeTrial trial = WholeTrial.of(NEAR).judge(loan(0, "a", "1", 0.5));
    assertThat(trial.judge.needsTicks()).isTrue();
    trial.pass("p", 600_000);
    assertThat(trial.count("near", Tally.UNDECIDED)).isZero();
    trial.pass("p", 600_001);
    assertThat(trial.count("near", Tally.UNDECIDED)).isEqualTo(1);
    trial.pass("p", 9_000_000);
    assertThat(trial.count("near", Tally.UNDECIDED)).isEqualTo(1);
  }

  @Test
  void withinSaysHowFarApartTheyMayBe() {
    String rules = NEAR.replace("by input", "by input within 2h");
    WholeTrial trial =
        WholeTrial.of(rules)
            .judge(loan(0, "a", "1", 0.9), loan(7200, "a", "2", 0.1), loan(7201, "a", "3", 0.9));
    assertThat(sentences(trial)).isEqualTo("a: 0.9 then 0.1");
    assertThat(trial.count("near", Tally.JUDGED)).isEqualTo(2);
  }

  @Test
  void whereSelectsEventsAndWhatIsMissingIsUndecided() {
    String rules = NEAR.replace("compare", "where risk >= 0.1 compare");
    WholeTrial trial =
        WholeTrial.of(rules)
            .judge(
                loan(0, "a", "1", 0.9),
                loan(1, "a", "2", 0.0),
                loan(2, "a", "3", 0.2),
                "{\"applicant\":\"p\",\"at\":3000,\"release\":\"1\",\"risk\":0.5}",
                "{\"applicant\":\"p\",\"at\":4000,\"release\":\"1\",\"input\":\"a\"}");
    assertThat(sentences(trial)).isEqualTo("a: 0.9 then 0.2");
    assertThat(trial.reasons)
        .containsExactly("3000 loans.input is missing", "4000 loans.risk is missing");
  }

  @Test
  void anotherKeyIsNoPartner() {
    WholeTrial trial =
        WholeTrial.of(NEAR)
            .judge(loan(0, "a", "1", 0.9), loan(1, "a", "2", 0.1).replace("\"p\"", "\"q\""));
    assertThat(trial.count("near", Tally.JUDGED)).isZero();
  }

  /** north: two pairs in the first hour, both worse; south: one pair, too few. */
  @Test
  void windowsCountPairsBySegment() {
    WholeTrial trial =
        WholeTrial.of(HOURLY)
            .judge(
                loan(0, "n1", "1", 0.9),
                loan(1, "n1", "2", 0.8),
                loan(2, "n2", "2", 0.1),
                loan(3, "s1", "1", 0.1),
                loan(3599, "n2", "1", 0.2),
                loan(3599, "s1", "2", 0.0),
                loan(3600, "n3", "1", 0.2),
                loan(7200, "n3", "3", 0.2))
            .finish();
    assertThat(sentences(trial)).isEqualTo("2 pairs of north");
    assertThat(trial.violations.getFirst().subject())
        .isEqualTo("region north 1970-01-01T00:00:00Z");
    assertThat(trial.reasons)
        .containsExactly(
            "3600000 needs at least 2 pairs, got 1", "7200000 needs at least 2 pairs, got 0");
    assertThat(trial.count("hourly", Tally.SEEN)).isEqualTo(8);
  }

  @Test
  void aPairIsInTheWindowsOfItsLaterEvent() {
    String rules = HOURLY.replace("at least 2 pairs", "");
    WholeTrial trial =
        WholeTrial.of(rules)
            .judge(loan(3599, "a", "1", 0.9), loan(3601, "a", "2", 0.8), loan(7202, "a", "3", 0.7))
            .finish();
    assertThat(sentences(trial)).isEqualTo("1 pairs of south");
    assertThat(trial.violations.getFirst().from()).isEqualTo(3600_000_000_000L);
    trial =
        WholeTrial.of(rules)
            .judge(
                loan(3599, "a", "1", 0.9),
                loan(3601, "a", "2", 0.8),
                loan(7199, "a", "3", 0.7),
                loan(7201, "b", "3", 0.7),
                loan(10800, "b", "3", 0.7))
            .finish();
    // 1 and 2, 1 and 3, 2 and 3: all in the second hour
    assertThat(sentences(trial)).isEqualTo("3 pairs of south");
  }

  @Test
  void linesWithAndWithoutAWindowStandSideBySide() {
    String rules =
        STREAM
            + """
            assertion both on loans {
              compare release by input within 30min
              let d = new.risk - old.risk
              expect near: d < 0.5
              expect mean: mean(d) < 0.125 over tumbling 1h
              expect hops: count < 2 over hopping 2h every 1h
            }
            """;
    WholeTrial trial =
        WholeTrial.of(rules)
            .judge(
                loan(0, "a", "1", 0.0),
                loan(1, "a", "2", 0.25),
                loan(1799, "b", "1", 0.0),
                loan(3601, "b", "2", 0.75),
                loan(3602, "c", "2", 0.5),
                loan(3603, "c", "1", 0.5),
                loan(20000, "d", "1", 0.5))
            .finish();
    assertThat(trial.errors).isEmpty();
    assertThat(trial.violations)
        .extracting(v -> v.expectation() + " " + v.at() / 1_000_000_000)
        .containsExactlyInAnyOrder("mean 3600", "hops 7200");
    assertThat(trial.count("both", Tally.SEEN)).isEqualTo(7);
  }

  @Test
  void remembersNoMoreThanFitsAndTellsWhatItForgets() {
    WholeTrial trial = WholeTrial.of(NEAR + HOURLY.substring(STREAM.length()));
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      lines.add(loan(i / 10, "i" + i, "1", 0.5));
    }
    trial.judge(lines.toArray(new String[0]));
    assertThat(trial.count("near", Tally.UNDECIDED)).isEqualTo(5_000 - Halves.MOST);
    assertThat(trial.count("hourly", Tally.UNDECIDED)).isEqualTo(5_000 - Halves.MOST);
    int full = trial.stored("p");
    lines.clear();
    for (int i = 0; i < 500; i++) {
      lines.add(loan(500, "same", Integer.toString(i), 0.5));
    }
    trial.judge(lines.toArray(new String[0]));
    assertThat(trial.count("near", Tally.JUDGED)).isLessThan(500 * Halves.MOST_OF_INPUT);
    assertThat(trial.stored("p")).isLessThan(full + 2_000);
    trial.judge(loan(20_000, "z", "1", 0.5));
    assertThat(trial.stored("p")).isLessThan(1_000);
  }

  @Test
  void aCorrectionSetsWhatTheNewVersionSaid() {
    String rules = NEAR.replace("severity", "correct set risk = old.risk severity");
    Violation found =
        WholeTrial.of(rules)
            .judge(loan(0, "a", "1", 0.9), loan(60, "a", "2", 0.1))
            .violations
            .getFirst();
    assertThat(found.corrections()).hasSize(1);
    assertThat(found.corrections().getFirst().fields()).contains("\"risk\":0.9");
  }
}
