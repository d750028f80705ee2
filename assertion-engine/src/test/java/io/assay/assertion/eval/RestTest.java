package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that are silent for so long that nothing of before says anything of what comes. */
class RestTest {
  private static final long HOUR = 3_600_000;

  private static final String STREAMS =
      """
      stream camera from topic "c" {
        key v string  time at timestamp(millis)  lateness 300ms
        label string
        boxes list { track string  label string  x double }
      }
      stream lidar from topic "l" { key v string  time at timestamp(millis)  n int }
      """;

  private static final String BOUNDED =
      STREAMS
          + """
          assertion gone on camera { each b in boxes identity b.track absent less than 2s }
          assertion blink on camera { each b in boxes identity b.track present less than 1s }
          assertion stable on camera { each b in boxes identity b.track consistent b.label within 5s }
          assertion turns on camera { returns label within 5s }
          assertion alive on camera { silence at most 10s }
          assertion agree on camera { join lidar within 200ms expect size(camera.boxes) == lidar.n }
          """;

  private static String camera(long at, String label, String... tracks) {
    var boxes = new ArrayList<String>();
    for (String track : tracks) {
      boxes.add("{\"track\":\"%s\",\"label\":\"%s\",\"x\":%d}".formatted(track, label, at % 7));
    }
    return "camera %d {\"label\":\"%s\",\"boxes\":[%s]}"
        .formatted(at, label, String.join(",", boxes));
  }

  private static List<String> recording(long seed) {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    long at = 1_000_000;
    for (int i = 0; i < 400; i++) {
      at += random.nextInt(20) == 0 ? random.nextLong(3 * HOUR) : 100 + random.nextInt(400);
      String label = random.nextInt(5) == 0 ? "night" : "day";
      lines.add(
          random.nextBoolean()
              ? camera(at, label, "t" + random.nextInt(3), "u" + i / 20)
              : camera(at, label));
      if (random.nextInt(4) > 0) {
        lines.add("lidar %d {\"n\":%d}".formatted(at + random.nextInt(150), random.nextInt(3)));
      }
    }
    return lines;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whetherAStoreForgetsOverKeysCannotBeTold(long seed) {
    String[] lines = recording(seed).toArray(new String[0]);
    GroupTrial kept = GroupTrial.of(BOUNDED, "v", "x").judge(lines).finish();
    GroupTrial forgotten = GroupTrial.of(BOUNDED, "v", "x").forgetting().judge(lines).finish();
    assertThat(forgotten.forgotten).isGreaterThan(5);
    assertThat(forgotten.violations).isEqualTo(kept.violations);
    assertThat(forgotten.counts).isEqualTo(kept.counts);
    assertThat(kept.violations.stream().map(Violation::assertion))
        .contains("gone", "blink", "stable", "turns", "alive", "agree");
  }

  @Test
  void whatComesAfterARestIsARecordingOfItsOwn() {
    String last = camera(3 * HOUR, "night", "t");
    GroupTrial trial =
        GroupTrial.of(BOUNDED, "v", "x")
            .judge(
                camera(0, "day", "t"), camera(500, "day", "t", "u"), "lidar 500 {\"n\":2}", last);
    assertThat(trial.stored()).isEqualTo(GroupTrial.of(BOUNDED, "v", "x").judge(last).stored());
    assertThat(trial.count("gone", Tally.HELD)).isEqualTo(2);
    assertThat(trial.violations.stream().map(v -> v.assertion() + " " + v.at() / 1_000_000))
        .containsExactly("alive 10500");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "returns label through at most 3 events",
        "transitions at most 1 within 3 events",
        "consistent label within 2 events",
      })
  void aBoundInEventsPassesWithEventsOnly(String clauses) {
    String rules = STREAMS + "assertion a on camera { " + clauses + " }";
    long month = 30 * 24 * HOUR;
    GroupTrial trial =
        GroupTrial.of(rules.replace("transitions", "where label == \"day\" transitions"), "v", "x")
            .judge(
                camera(0, "day"),
                camera(month, "night"),
                camera(2 * month, "day"),
                camera(3 * month, "night"))
            .finish();
    assertThat(trial.violations).isNotEmpty();
  }
}
