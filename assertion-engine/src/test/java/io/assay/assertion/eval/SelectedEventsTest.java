package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Tally;
import org.junit.jupiter.api.Test;

/** {@code where} of an assertion about elements. */
class SelectedEventsTest {
  private static final String STREAM =
      """
      stream camera from topic "t" {
        key    vehicle  string
        time   at       timestamp(millis)
        weather         string?
        boxes           list { track string  score ratio }
      }
      """;

  private static final String SURE =
      STREAM
          + """
          assertion sure on camera {
            where   weather == "dry"
            each    b in boxes where b.score > 0.1
            expect  b.score >= 0.5
          }
          """;

  private static final String FLICKER =
      STREAM
          + """
          assertion flicker on camera {
            where     weather == "dry"
            each      b in boxes
            identity  b.track
            absent    less than 3 events
          }
          """;

  private static String frame(int at, String weather, String boxes) {
    return "{\"vehicle\":\"v\",\"at\":%d,\"weather\":%s,\"boxes\":[%s]}"
        .formatted(at, weather, boxes);
  }

  private static final String BOX = "{\"track\":\"t\",\"score\":0.3}";

  @Test
  void onlyEventsThatPassAreJudged() {
    Trial trial =
        Trial.of(SURE).judge(frame(0, "\"rain\"", BOX), frame(100, "\"dry\"", BOX + "," + BOX));

    assertThat(trial.violations).hasSize(2);
    assertThat(trial.count("sure", Tally.SEEN)).isEqualTo(2);
    assertThat(trial.count("sure", Tally.JUDGED)).isEqualTo(2);
  }

  @Test
  void whatCannotBeDecidedIsUndecided() {
    Trial trial = Trial.of(SURE).judge(frame(0, "null", BOX));

    assertThat(trial.violations).isEmpty();
    assertThat(trial.count("sure", Tally.UNDECIDED)).isEqualTo(1);
  }

  @Test
  void anEventThatDoesNotPassIsNoAbsence() {
    Trial trial =
        Trial.of(FLICKER)
            .judge(frame(0, "\"dry\"", BOX), frame(100, "\"rain\"", ""))
            .judge(frame(200, "\"dry\"", BOX));
    assertThat(trial.violations).isEmpty();

    trial.judge(frame(300, "\"dry\"", ""), frame(400, "\"dry\"", BOX));
    assertThat(trial.violations).hasSize(1);
  }
}
