package io.assay.assertion.eval;

import static io.assay.assertion.eval.WindowTrial.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Assertions that begin while their stream is running; lateness is 10 seconds. */
class WindowMidwayTest {
  private static final long MINUTE = 60_000;
  private static final String CUT =
      "the window began before the assertion did, which saw only part of it";

  private static WindowTrial hourly() {
    return WindowTrial.of("assertion busy on loans { window tumbling 1h expect count < 1 }");
  }

  private static WindowTrial everyTenMinutes(WindowTrial trial, long from, long to) {
    for (long at = from; at <= to; at += 10 * MINUTE) {
      trial.event(at, "");
    }
    return trial;
  }

  @Test
  void theWindowThatTheyBeginInIsUndecidedAndThoseBehindItAreNot() {
    WindowTrial trial = hourly().midway(0, 25 * MINUTE, HOUR);
    everyTenMinutes(trial, 30 * MINUTE, 190 * MINUTE);
    assertThat(trial.reasons).containsExactly(CUT);
    assertThat(trial.count(Tally.UNDECIDED)).isEqualTo(1);
    assertThat(trial.violations)
        .extracting(Violation::from)
        .containsExactly(HOUR * 1_000_000, 2 * HOUR * 1_000_000);
  }

  /** Event times in minutes; what came before is no newer than the last of them, or than now. */
  @ParameterizedTest
  @CsvSource({
    "an event before may be newer by the lateness, -1000000, 1000000, 59.9, 2",
    "an event before was newer than all now, 70, 1000000, 30, 2",
    "the rule was there before the window began, -1000000, 50, 65, 0",
    "it began before the window and so did all before it, -1000000, 59, 60, 0",
  })
  void theyCoverAWindowIfNoEventBeforeCanBeInIt(
      String why, long last, long now, double first, int undecided) {
    WindowTrial trial = hourly().midway(0, last * MINUTE, now * MINUTE);
    everyTenMinutes(trial, (long) (first * MINUTE), 250 * MINUTE);
    assertThat(trial.count(Tally.UNDECIDED)).as(why).isEqualTo(undecided);
  }

  @Test
  void anyPartitionThatBeganLaterMakesAWindowUndecided() {
    WindowTrial trial = hourly().midway(0, 5 * MINUTE, HOUR).midway(1, 65 * MINUTE, 2 * HOUR);
    trial.expect(0, 0).expect(1, 0);
    trial.count(0, 10 * MINUTE, "").count(1, 70 * MINUTE, "");
    trial.count(0, 200 * MINUTE, "").count(1, 200 * MINUTE, "");
    trial.handOn(0, 1).handOn(1, 1);
    assertThat(trial.reasons).containsExactly(CUT, CUT);
    assertThat(trial.violations).isEmpty();
  }

  @Test
  void itIsKeptInBytesOfPartsAndStates() {
    WindowTrial trial = hourly().midway(0, 25 * MINUTE, HOUR);
    for (long at = 30 * MINUTE; at <= 190 * MINUTE; at += 10 * MINUTE) {
      trial.count(0, at, "");
      trial.handOnAsBytes(0, at);
      trial.pass(at);
    }
    assertThat(trial.reasons).containsExactly(CUT);
    assertThat(trial.violations).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"session 15min", "last 30min", "last 4 events"})
  void windowsWithoutAGridAreUndecidedWhileTheyMayLackEvents(String window) {
    WindowTrial trial =
        WindowTrial.of("assertion busy on loans { window " + window + " expect count < 1 }")
            .midway(0, 25 * MINUTE, HOUR);
    everyTenMinutes(trial, 30 * MINUTE, 90 * MINUTE);
    trial.event(4 * HOUR, "").event(5 * HOUR, "");
    assertThat(trial.reasons).isNotEmpty().containsOnly(CUT);
    assertThat(trial.violations).isNotEmpty();
  }
}
