package io.assay.assertion.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.ir.CheckedRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertReadingsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static AlertCause cause(String assertion) {
    CheckedRules rules =
        TestRules.compiled(
            """
            stream camera from topic "av.camera" {
              key    vehicle     string
              time   at          timestamp(millis)
              boxes              list { track string?  label string  score ratio }
            }
            assertion a on camera {
              %s
              mode active
            }
            """
                .formatted(assertion));
    return AlertRules.of(rules).getFirst().cause();
  }

  private static AlertCounts counts(long seen, long passed, long judged, long violated) {
    return new AlertCounts(seen, passed, judged, violated, 0);
  }

  @Test
  void aRateIsOfItsUnit() {
    var lines = Map.of("", counts(1000, 4000, 50, 10));
    String absent =
        "each b in boxes\n identity b.track\n absent less than 500ms\n alert when rate ";
    assertThat(reading(absent + "> 2%", lines)).isEqualTo("20% per identity: 10 of 50 in 5min");
    assertThat(reading(absent + "per event > 2%", lines))
        .isEqualTo("1% per event: 10 of 1,000 in 5min");
    assertThat(reading(absent + "per element > 2%", lines))
        .isEqualTo("0.25% per element: 10 of 4,000 in 5min");
    assertThat(reading("expect size(boxes) < 9\n alert when rate > 2%", lines))
        .isEqualTo("20% per event: 10 of 50 in 5min");
    assertThat(reading("each b in boxes\n expect b.score > 0.1\n alert when rate > 2%", lines))
        .isEqualTo("20% per element: 10 of 50 in 5min");
  }

  private static String reading(String assertion, Map<String, AlertCounts> lines) {
    return AlertReadings.rate((AlertCause.Rate) cause(assertion), lines).orElseThrow().value();
  }

  @Test
  void ofSeveralLinesTheWorstCounts() {
    String two =
        "expect few: size(boxes) < 9\n expect some: size(boxes) > 0\n alert when rate > 2%";
    assertThat(
            reading(
                two,
                Map.of(
                    "", counts(100, 100, 0, 0),
                    "few", counts(0, 0, 100, 1),
                    "some", counts(0, 0, 100, 3))))
        .isEqualTo("3% per event: 3 of 100 in 5min, by 'some'");
  }

  @Test
  void theLimitItselfIsAboveOnlyWhereItSaysSo() {
    var lines = Map.of("", counts(100, 100, 100, 2));
    String expect = "expect size(boxes) < 9\n alert when rate ";
    assertThat(AlertReadings.rate((AlertCause.Rate) cause(expect + "> 2%"), lines))
        .hasValueSatisfying(reading -> assertThat(reading.holds()).isFalse());
    assertThat(AlertReadings.rate((AlertCause.Rate) cause(expect + ">= 2%"), lines))
        .hasValueSatisfying(reading -> assertThat(reading.holds()).isTrue());
  }

  @Test
  void noDataIsNotZero() {
    String atLeastNothing = "expect size(boxes) < 9\n alert when rate >= 0%";
    var rate = (AlertCause.Rate) cause(atLeastNothing);
    assertThat(AlertReadings.rate(rate, Map.of())).isEmpty();
    assertThat(AlertReadings.rate(rate, Map.of("", counts(7, 7, 0, 0)))).isEmpty();
    assertThat(AlertReadings.undecided(new AlertCause.Undecided(0.2, rate.over()), Map.of()))
        .isEmpty();
    assertThat(AlertReadings.breached(new AlertCause.Breached(1, true), List.of())).isEmpty();
  }

  @Test
  void undecidedIsOfAllUnits() {
    var cause = new AlertCause.Undecided(0.2, Duration.ofMinutes(5));
    assertThat(
            AlertReadings.undecided(cause, Map.of("", new AlertCounts(0, 0, 80, 0, 20)))
                .orElseThrow())
        .isEqualTo(new AlertReading(false, "20% undecided: 20 of 100 in 5min", "at most 20%"));
    assertThat(
            AlertReadings.undecided(cause, Map.of("", new AlertCounts(0, 0, 79, 0, 21)))
                .orElseThrow()
                .holds())
        .isTrue();
  }

  /** Minutes with windows, newest first: v violated, h held, u undecided, m of three some. */
  @ParameterizedTest
  @CsvSource({
    "2, true, vv, true",
    "2, true, vh, false",
    "2, true, hvv, false",
    "2, true, vuv, true",
    "1, true, m, true",
    "3, false, a, true",
    "4, false, ava, true",
    "4, false, ah, false",
    "1, false, m, false",
  })
  void breachedCountsWindowsInARow(
      long windows, boolean onePerMinute, String minutes, boolean holds) {
    List<AlertCounts> counted =
        minutes
            .chars()
            .mapToObj(
                c ->
                    switch (c) {
                      case 'v' -> counts(0, 0, 1, 1);
                      case 'h' -> counts(0, 0, 1, 0);
                      case 'm' -> counts(0, 0, 3, 1);
                      case 'a' -> counts(0, 0, 3, 3);
                      default -> new AlertCounts(0, 0, 0, 0, 1);
                    })
            .toList();
    assertThat(
            AlertReadings.breached(new AlertCause.Breached(windows, onePerMinute), counted)
                .orElseThrow()
                .holds())
        .isEqualTo(holds);
  }

  @Test
  void anEpisodeIsOpenUntilItIsQuiet() {
    var cause =
        new AlertCause.Open(Duration.ofSeconds(10), Duration.ofMinutes(1), AlertCause.Until.QUIET);
    var episode = new OpenEpisode("v", NOON, NOON.plusSeconds(30), "v1", "t7");
    assertThat(open(cause, episode, 9)).isFalse();
    assertThat(open(cause, episode, 10)).isTrue();
    assertThat(open(cause, episode, 89)).isTrue();
    assertThat(open(cause, episode, 90)).isFalse();
  }

  private static boolean open(AlertCause.Open cause, OpenEpisode episode, int after) {
    return AlertReadings.open(
            cause, episode, new StreamClock(NOON, NOON.plusSeconds(after), Duration.ZERO))
        .holds();
  }

  @Test
  void aSilenceLastsAsLongAsNothingComes() {
    var cause =
        new AlertCause.Open(
            Duration.ofSeconds(10), Duration.ofMillis(500), AlertCause.Until.STREAM_SPEAKS);
    var episode = new OpenEpisode("v", NOON.plusSeconds(20), NOON.plusSeconds(20), "v1", "");
    var still = new StreamClock(NOON, NOON.plusSeconds(75), Duration.ofSeconds(40));
    assertThat(AlertReadings.open(cause, episode, still).holds()).isTrue();
    var brief = new StreamClock(NOON, NOON.plusSeconds(75), Duration.ofSeconds(9));
    assertThat(AlertReadings.open(cause, episode, brief).holds()).isFalse();
    var goneOn =
        new StreamClock(NOON.plusSeconds(60), NOON.plusSeconds(75), Duration.ofSeconds(40));
    assertThat(AlertReadings.open(cause, episode, goneOn).holds()).isFalse();
  }

  @Test
  void aStretchIsWholeMinutesUpToTheNewest() {
    var clock = new StreamClock(NOON, NOON.plusSeconds(30), Duration.ZERO);
    assertThat(clock.from(Duration.ofMinutes(5))).isEqualTo(NOON.minusSeconds(240));
    assertThat(clock.from(Duration.ofSeconds(90))).isEqualTo(NOON.minusSeconds(60));
  }
}
