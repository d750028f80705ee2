package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwaitedTruthTest {
  private static final String STREAM =
      """
      language 1
      stream loans from topic "t" {
        id      loan      string
        key     applicant string
        time    at        timestamp(millis)
        region  string?
        risk    ratio?
        truth   defaulted bool from topic "outcomes" within 1h
      }
      """;

  private static final String SURE =
      STREAM
          + """
          assertion sure on loans {
            window tumbling 1min
            expect accuracy(risk >= 0.5, truth) >= 75%
            explain "{count}: {accuracy(risk >= 0.5, truth)}"
          }
          """;

  private static String loan(String id, long seconds, double risk) {
    return "{\"loan\":\"%s\",\"applicant\":\"p\",\"at\":%d,\"risk\":%s,\"region\":\"%s\"}"
        .formatted(id, seconds * 1000, risk, id.substring(0, 1));
  }

  private static String outcome(String id, long seconds, boolean defaulted) {
    return "{\"loan\":\"%s\",\"at\":%d,\"defaulted\":%s}".formatted(id, seconds * 1000, defaulted);
  }

  private static List<String> sentences(WholeTrial trial) {
    return trial.violations.stream().map(Violation::sentence).toList();
  }

  /** Two of four right; the window is judged when an hour has passed since it ended. */
  @Test
  void aWindowIsJudgedOnceNoTruthCanComeAnyMore() {
    WholeTrial trial =
        WholeTrial.of(SURE)
            .judge(loan("a", 0, 0.9), loan("b", 1, 0.8), loan("c", 2, 0.1), loan("d", 3, 0.2))
            .truth("defaulted", outcome("a", 30, true), outcome("b", 40, false))
            .judge(loan("e", 100, 0.5))
            .truth("defaulted", outcome("c", 3000, false), outcome("d", 3003, true))
            .judge(loan("f", 3659, 0.5), loan("g", 3659, 0.5), loan("h", 3659, 0.5));
    assertThat(trial.violations).isEmpty();
    for (int i = 0; i < 8; i++) {
      trial.judge(loan("i" + i, 3660, 0.5));
    }
    assertThat(sentences(trial)).containsExactly("4: 0.5");
    assertThat(trial.count("sure", Tally.UNDECIDED)).isZero();
    assertThat(trial.counts).containsEntry("defaulted USED", 4L);
  }

  @Test
  void aTruthMayComeBeforeItsEvent() {
    WholeTrial trial =
        WholeTrial.of(SURE)
            .truth("defaulted", outcome("a", 0, false))
            .judge(loan("a", 1, 0.9))
            .judge(loan("z", 61, 0.9))
            .finish();
    assertThat(sentences(trial)).containsExactly("1: 0");
    assertThat(trial.counts).containsEntry("defaulted USED", 1L);
  }

  @Test
  void whatIsLateSaidAgainEmptyOrOfNoEventIsToldAndChangesNothing() {
    WholeTrial trial =
        WholeTrial.of(SURE)
            .judge(loan("a", 0, 0.9), loan("b", 1, 0.9))
            .truth(
                "defaulted",
                outcome("a", 3600, true),
                outcome("a", 3600, false),
                outcome("b", 3602, false),
                outcome("x", 5, true),
                "{\"loan\":\"b\",\"at\":5000,\"defaulted\":null}",
                "{\"loan\":\"b\",\"at\":5000,\"defaulted\":\"maybe\"}")
            .judge(loan("z", 10_000, 0.9))
            .finish();
    assertThat(trial.violations).isEmpty();
    assertThat(trial.count("sure", Tally.HELD)).isEqualTo(1);
    assertThat(trial.counts)
        .containsEntry("defaulted USED", 1L)
        .containsEntry("defaulted REPEATED", 1L)
        .containsEntry("defaulted LATE", 1L)
        .containsEntry("defaulted UNKNOWN", 1L)
        .containsEntry("defaulted EMPTY", 2L);
  }

  /** Whether or not it is still kept: the event of b came within the bound, that of a did not. */
  @Test
  void aTruthThatCameLongBeforeItsEventIsNotOfIt() {
    WholeTrial trial =
        WholeTrial.of(SURE)
            .truth("defaulted", outcome("a", 0, false), outcome("b", 1, false))
            .judge(loan("a", 3601, 0.9), loan("b", 3601, 0.9))
            .judge(loan("z", 20_000, 0.9))
            .finish();
    assertThat(sentences(trial)).containsExactly("2: 0");
    assertThat(trial.counts)
        .containsEntry("defaulted USED", 1L)
        .containsEntry("defaulted UNKNOWN", 1L);
  }

  @Test
  void whatWaitsIsForgottenWhenTheBoundHasPassed() {
    WholeTrial trial = WholeTrial.of(SURE);
    for (int i = 0; i < 20_000; i++) {
      trial.judge(loan("a" + i, i, 0.9));
      trial.truth("defaulted", outcome("none" + i, i, true));
    }
    assertThat(trial.waiting()).isBetween(7_200, 7_204);
    assertThat(trial.counts.get("defaulted UNKNOWN")).isBetween(16_390L, 16_400L);
  }

  /** The truth of b is missing: 3 of 4 right as far as is known says nothing yet. */
  @Test
  void atTheEndOfARecordingWhatWaitsIsUndecidedWithAnEstimate() {
    WholeTrial trial =
        WholeTrial.of(SURE)
            .judge(loan("a", 0, 0.9), loan("b", 1, 0.7), loan("c", 2, 0.2), loan("d", 70, 0.1))
            .truth("defaulted", outcome("a", 3, true), outcome("c", 4, true))
            .judge(loan("e", 130, 0.1))
            .finish();
    assertThat(trial.violations).isEmpty();
    // (0.9 + 0.7 + 0.8) / 3 are right where the scores are
    assertThat(trial.waits)
        .containsExactly(
            "60000 waits until 1970-01-01T01:01:00Z for the truth of 1 of 3; estimated from the"
                + " scores alone: estimated accuracy 0.8000",
            "120000 waits until 1970-01-01T01:02:00Z for the truth of 1 of 1; estimated from the"
                + " scores alone: estimated accuracy 0.9000");
    assertThat(trial.count("sure", Tally.UNDECIDED)).isEqualTo(2);
  }

  @Test
  void aWindowWhoseTruthsAreAllThereIsJudgedAtTheEnd() {
    WholeTrial trial =
        WholeTrial.of(SURE)
            .judge(loan("a", 0, 0.9), loan("b", 70, 0.1))
            .truth("defaulted", outcome("a", 3, false))
            .finish();
    assertThat(sentences(trial)).containsExactly("1: 0");
    assertThat(trial.waits).isEmpty();
  }

  @Test
  void segmentsAndConditionsMayBeOfTheTruth() {
    String rules =
        STREAM
            + """
            assertion by_truth on loans {
              where risk > 0.0
              by defaulted
              window tumbling 1min at least 1 truths
              let wrong = (risk >= 0.5) != defaulted
              expect share(wrong) < 50%
              explain "{defaulted} {count}"
            }
            assertion of_true on loans {
              where defaulted
              window tumbling 1min
              expect count(risk >= 0.5) > 1
              explain "{count}"
            }
            """;
    WholeTrial trial =
        WholeTrial.of(rules)
            .judge(loan("a", 0, 0.9), loan("b", 1, 0.7), loan("c", 2, 0.2), loan("d", 3, 0.0))
            .truth("defaulted", outcome("a", 3, true), outcome("b", 4, false))
            .truth("defaulted", outcome("c", 5, true), outcome("d", 5, true))
            .judge(loan("z", 4000, 0.1))
            .finish();
    assertThat(trial.errors).isEmpty();
    assertThat(sentences(trial)).containsExactlyInAnyOrder("false 1", "true 2", "3");
    assertThat(trial.count("by_truth", Tally.SEEN)).isEqualTo(5);
    assertThat(trial.count("by_truth", Tally.PASSED)).isEqualTo(3);
  }

  @Test
  void twoVersionsOfOneIdShareTheirTruth() {
    String rules =
        SURE.replace("stream loans", "model m \"m\"\nstream loans")
            .replace("id      loan      string", "model m version release\nid loan string");
    String second = loan("a", 1, 0.1).replace("{", "{\"release\":\"2\",");
    WholeTrial trial =
        WholeTrial.of(rules)
            .judge(loan("a", 0, 0.9), second)
            .truth("defaulted", outcome("a", 3, true))
            .judge(loan("z", 4000, 0.1))
            .finish();
    assertThat(sentences(trial)).containsExactly("2: 0.5");
  }

  /** Against a slow count of pairs and bins. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void areaAndCalibrationAreThoseOfASlowCount(long seed) {
    String rules =
        STREAM
            + """
            assertion a on loans {
              window tumbling 1h
              expect auc: auc(risk, truth) > 1.0
              expect ece: calibration_error(risk, truth) > 1.0
              expect precision: precision(risk > 0.6, truth) > 1.0
              expect recall: recall(risk > 0.6, truth) > 1.0
            }
            """;
    Random random = new Random(seed);
    WholeTrial trial = WholeTrial.of(rules);
    List<double[]> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      double risk = random.nextInt(200) / 200.0;
      boolean defaulted = random.nextDouble() < risk * risk;
      trial.judge(loan("l" + i, i, risk));
      if (random.nextInt(5) > 0) {
        trial.truth("defaulted", outcome("l" + i, i + random.nextInt(50), defaulted));
        all.add(new double[] {risk, defaulted ? 1 : 0});
      }
    }
    trial.judge(loan("z", 7200, 0.1)).finish();
    assertThat(value(trial, "auc", "auc(")).isCloseTo(area(all), within(1e-12));
    assertThat(value(trial, "ece", "calibration_error(")).isCloseTo(ece(all), within(1e-12));
    double hits = all.stream().filter(one -> one[0] > 0.6 && one[1] > 0).count();
    double predicted = all.stream().filter(one -> one[0] > 0.6).count();
    double positives = all.stream().filter(one -> one[1] > 0).count();
    assertThat(value(trial, "precision", "precision(")).isEqualTo(hits / predicted);
    assertThat(value(trial, "recall", "recall(")).isEqualTo(hits / positives);
  }

  private static double value(WholeTrial trial, String line, String name) {
    return trial.violations.stream()
        .filter(violation -> violation.expectation().equals(line))
        .flatMap(violation -> violation.values().stream())
        .filter(value -> value.expression().startsWith(name))
        .filter(value -> value.expression().endsWith("truth)"))
        .mapToDouble(value -> Double.parseDouble(value.value()))
        .findFirst()
        .orElseThrow();
  }

  private static double area(List<double[]> all) {
    double inOrder = 0;
    double pairs = 0;
    for (double[] a : all) {
      for (double[] b : all) {
        if (a[1] > b[1]) {
          pairs++;
          inOrder += a[0] > b[0] ? 1 : a[0] == b[0] ? 0.5 : 0;
        }
      }
    }
    return inOrder / pairs;
  }

  private static double ece(List<double[]> all) {
    double off = 0;
    for (int bin = 0; bin < 10; bin++) {
      double gap = 0;
      for (double[] one : all) {
        if (Math.max(0, (int) Math.ceil(one[0] * 10 - 1e-9) - 1) == bin) {
          gap += one[0] - one[1];
        }
      }
      off += Math.abs(gap);
    }
    return off / all.size();
  }
}
