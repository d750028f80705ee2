package io.assay.assertion.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases of Prometheus' own tests of alerting rules, looked at once a minute. */
class AlertStateTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static AlertTerms terms(int lasting, int keep) {
    return new AlertTerms(
        Duration.ofMinutes(lasting), Duration.ofMinutes(keep), Duration.ofMinutes(3));
  }

  /**
   * {@code seen}: one look a minute: 1 the condition is true, 0 it is not, - there is no data. The
   * phases: . inactive, p pending, F firing, r resolved.
   */
  @ParameterizedTest(name = "for {0} keep {1}: {2}")
  @CsvSource({
    // for 0 fires at once, and is over at once
    "0, 0, 0101, .FrF",
    // for N: fires at the look that is N after the first
    "2, 0, 111100, ppFFrr",
    // a look in between without it begins anew
    "2, 0, 1101110, pp.ppFr",
    // flapping faster than for never fires
    "2, 0, 10101010, p.p.p.p.",
    // flapping with for 0 fires each time
    "0, 0, 10101, FrFrF",
    // keep: goes on for N after it was true last, strictly less than N
    "0, 2, 100000, FFFrrr",
    // keep begins anew whenever it is true again: flapping is one alert
    "0, 2, 1001001000, FFFFFFFFFr",
    // keep keeps nothing that is only pending
    "2, 5, 1100, pp..",
    // both
    "1, 2, 11000011, pFFFrrpF",
    // no data is as not true: pending is gone, firing is over
    "1, 0, 11--, pFrr",
    "2, 0, 1-11, p.pp",
    "0, 2, 1---, FFFr",
  })
  void stepsAsPrometheusDoes(int lasting, int keep, String seen, String phases) {
    AlertState state = AlertState.NONE;
    var got = new StringBuilder();
    for (int i = 0; i < seen.length(); i++) {
      state =
          state.step(
              seen.charAt(i) == '1', START.plus(MINUTE.multipliedBy(i)), terms(lasting, keep));
      got.append(
          switch (state.phase()) {
            case INACTIVE -> '.';
            case PENDING -> 'p';
            case FIRING -> 'F';
            case RESOLVED -> 'r';
          });
    }
    assertThat(got.toString()).isEqualTo(phases);
  }

  @Test
  void tellsSinceWhen() {
    AlertState state = AlertState.NONE;
    for (int i = 0; i <= 3; i++) {
      state = state.step(true, START.plus(MINUTE.multipliedBy(i)), terms(2, 0));
    }
    assertThat(state.activeAt()).isEqualTo(START);
    assertThat(state.firedAt()).isEqualTo(START.plus(MINUTE.multipliedBy(2)));
    AlertState over = state.step(false, START.plus(MINUTE.multipliedBy(4)), terms(2, 0));
    assertThat(over.resolvedAt()).isEqualTo(START.plus(MINUTE.multipliedBy(4)));
    assertThat(over.firedAt()).isEqualTo(state.firedAt());
  }

  @Test
  void knowsWhenItFiredLastWhileItWaitsOnceMore() {
    AlertState over =
        AlertState.NONE.step(true, START, terms(0, 0)).step(false, START.plus(MINUTE), terms(0, 0));
    AlertState waits = over.step(true, START.plus(MINUTE.multipliedBy(2)), terms(5, 0));
    AlertState not = waits.step(false, START.plus(MINUTE.multipliedBy(3)), terms(5, 0));
    assertThat(waits.phase()).isEqualTo(AlertPhase.PENDING);
    assertThat(not.phase()).isEqualTo(AlertPhase.INACTIVE);
    assertThat(List.of(waits, not))
        .allSatisfy(
            state -> {
              assertThat(state.firedAt()).isEqualTo(START);
              assertThat(state.resolvedAt()).isEqualTo(START.plus(MINUTE));
            });
    assertThat(not.step(true, START.plus(MINUTE.multipliedBy(4)), terms(0, 0)).resolvedAt())
        .isNull();
  }

  @Test
  void waitsNoLongerForWhatNobodyLookedAt() {
    AlertState pending =
        AlertState.NONE
            .step(true, START, terms(5, 0))
            .step(true, START.plus(MINUTE.multipliedBy(3)), terms(5, 0));
    Instant after = START.plus(MINUTE.multipliedBy(63));
    AlertState restarted = pending.step(true, after, terms(5, 0));
    assertThat(restarted.phase()).as("an hour without a look").isEqualTo(AlertPhase.PENDING);
    assertThat(restarted.step(true, after.plusSeconds(119), terms(5, 0)).isFiring()).isFalse();
    assertThat(restarted.step(true, after.plusSeconds(120), terms(5, 0)).isFiring())
        .as("three minutes before the gap, two after it")
        .isTrue();
  }

  @Test
  void keepsThroughAGap() {
    AlertState kept =
        AlertState.NONE.step(true, START, terms(0, 5)).step(false, START.plus(MINUTE), terms(0, 5));
    Instant after = START.plus(MINUTE.multipliedBy(61));
    assertThat(kept.step(false, after, terms(0, 5)).isFiring()).isTrue();
    assertThat(
            kept.step(false, after, terms(0, 5))
                .step(false, after.plus(MINUTE.multipliedBy(3)), terms(0, 5))
                .step(false, after.plus(MINUTE.multipliedBy(5)), terms(0, 5))
                .phase())
        .isEqualTo(AlertPhase.RESOLVED);
  }

  @Test
  void standsStillWhereAClockGoesBack() {
    AlertState state = AlertState.NONE.step(true, START, terms(2, 0));
    AlertState back = state.step(true, START.minus(Duration.ofHours(1)), terms(2, 0));
    assertThat(back).isEqualTo(state);
  }
}
