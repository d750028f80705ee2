package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.Violation.FrozenEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresentTest {
  private static String appear(String bound) {
    return Frames.STREAM
        + """
        assertion appear on camera "nothing exists for only a blink" {
          each b in boxes where b.score >= 0.5
          identity b.track
          present less than %s
          severity 1.0 - lifetime / 300ms
          explain "{b.label} {b.track} lived only {lifetime} of {events} events"
        }
        """
            .formatted(bound);
  }

  @Test
  void findsAShortLifeOnceTheBoundHasPassedWithoutIt() {
    Trial trial = Trial.of(appear("300ms")).judge(Frames.of("a 1111111", "b 0110000"));
    assertThat(trial.violations).hasSize(1);
    Violation found = trial.violations.getFirst();
    assertThat(found.at()).isEqualTo(500_000_000L); // 300 ms after the last sighting
    assertThat(found.from()).isEqualTo(100_000_000L);
    assertThat(found.to()).isEqualTo(200_000_000L);
    assertThat(found.subject()).isEqualTo("b@100000000");
    assertThat(found.sentence()).isEqualTo("car b lived only 100ms of 2 events");
    assertThat(found.spanEvents()).hasSize(2);
    assertThat(found.events())
        .extracting(FrozenEvent::role)
        .containsExactly("around", "life", "life", "around");
    assertThat(found.events()).extracting(FrozenEvent::subjectIndex).containsExactly(-1, 1, 1, -1);
  }

  @ParameterizedTest
  @CsvSource({
    // bound, what is seen, violations
    "3 events, 01000, 1", // b - a + 1 < T, followed by T events
    "3 events, 0100, 0", // followed by fewer than T events
    "3 events, 011000, 1",
    "3 events, 0111000, 0", // T events long
    "3 events, 0101000, 0", // a to b counts, with the gap in it
    "3 events, 1000, 0", // begins with the recording
    "3 events, 0100010001, 2", // whether the third life is over nobody knows
    "3 events, 01000100010000, 3", // later sightings are a new life
    "300ms, 01000, 1",
    "300ms, 0111000, 1", // t(b) - t(a) = 200 ms
    "300ms, 01111000, 0",
    "300ms, 0100, 0" // t(end) - t(b) < T
  })
  void judgesWholeLives(String bound, String seen, int violations) {
    String rules = appear(bound).replace("1.0 - lifetime / 300ms", "1");
    Trial trial = Trial.of(rules).judge(Frames.of("a " + seen)).finish();
    assertThat(trial.violations).hasSize(violations);
  }

  @Test
  void countsWholeLivesOnly() {
    Trial trial =
        Trial.of(appear("3 events"))
            .judge(Frames.of("a 11111111", "b 01000000", "c 01111000"))
            .finish();
    assertThat(trial.count("appear", Tally.JUDGED)).isEqualTo(2);
    assertThat(trial.count("appear", Tally.VIOLATED)).isEqualTo(1);
    assertThat(trial.count("appear", Tally.HELD)).isEqualTo(1);
  }

  @Test
  void isUndecidedWhereTheLifeMayHaveBeenLonger() {
    Trial trial = Trial.of(appear("3 events")).judge(Frames.of("a 01?000"));
    assertThat(trial.found("appear")).isEmpty();
    assertThat(trial.count("appear", Tally.UNDECIDED)).isEqualTo(2);
  }

  @Test
  void tellsTheElementAsItWasLastSeen() {
    Trial trial = Trial.of(appear("300ms")).judge(Frames.of("a 1110000", "z 0010000"));
    assertThat(trial.found("appear"))
        .extracting(Violation::sentence)
        .containsExactly("car z lived only 0s of 1 events");
  }
}
