package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.assay.assertion.explain.Explanation;
import io.assay.assertion.explain.Load;
import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code assay explain} says of an assertion's state, against states as they are stored: the
 * largest of a street where identities come and go all the time.
 */
class StateEstimateTest {
  /** As the street below has it. */
  private static final Load LOAD = new Load(10, 4, 4);

  private static final String STREAM =
      """
      stream camera from topic "test" {
        key vehicle string  time at timestamp(millis)
        label string  speed double
        boxes list { track string?  label string  score ratio  area rect }
      }
      """;

  private static final String LIDAR =
      """
      stream lidar from topic "lidr" {
        key vehicle string  time at timestamp(millis)
        label string
        boxes list { label string  score double  area rect  distance length(metres) }
      }
      """;

  private static final String EACH = "each b in boxes where b.score >= 0.1 identity b.track ";
  private static final String OVERLAP = "each b in boxes identity overlap(b.area) >= 0.3 ";

  /** The clauses, and the number of events that their bound holds. */
  static Stream<Arguments> judged() {
    return Stream.of(
        arguments(EACH + "absent less than 500ms", 5),
        arguments(EACH + "absent less than 3s", 30),
        arguments(EACH + "absent less than 20s", 200),
        arguments(EACH + "absent less than 6 events", 6),
        arguments(OVERLAP + "absent less than 6 events", 6),
        arguments(OVERLAP + "absent less than 2s", 20),
        arguments(EACH + "present less than 500ms", 5),
        arguments(EACH + "present less than 4s", 40),
        arguments(OVERLAP + "present less than 8 events", 8),
        arguments(EACH + "returns b.label within 2s", 20),
        arguments(EACH + "returns b.label within 20s through at most 3 events", 200),
        arguments("returns label through at most 2 events", 3),
        arguments("returns label within 5s", 50),
        arguments(EACH + "transitions at most 4 within 2s", 20),
        arguments(EACH + "transitions at most 10 within 10s", 100),
        arguments("where speed > 3.0 transitions at most 4 within 5s", 50),
        arguments(EACH + "consistent b.label within 1s", 10),
        arguments(EACH + "consistent b.label within 10s", 100),
        arguments("consistent label within 20s", 200),
        arguments(EACH + "change b.score at most 0.1 per 1s", 600),
        arguments("change speed at most 1.0 per 1s", 10),
        arguments("compare label by vehicle within 3s expect old.speed <= new.speed", 30),
        arguments("expect size(boxes) <= 3", 10),
        arguments("each b in boxes expect b.score >= 0.2", 10));
  }

  @ParameterizedTest
  @MethodSource("judged")
  void isWithinTwiceAndHalfOfWhatIsStored(String clauses, int bound) {
    String rules = STREAM + "assertion a on camera { %s }\n".formatted(clauses);
    Trial trial = Trial.of(rules);
    long largest = 0;
    for (int frame = 0; frame < Math.max(500, 5 * bound); frame++) {
      trial.judge(camera(frame, bound));
      largest = Math.max(largest, trial.judge.snapshot(trial.key("car1")).length);
    }
    assertThat(trial.errors).isEmpty();
    assertAgrees(rules, clauses, largest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "join lidar within 50ms match c in camera.boxes, l in lidar.boxes where iou(c.area, l.area)"
            + " > 0",
        "join lidar within 500ms match one c in camera.boxes, l in lidar.boxes where iou(c.area,"
            + " l.area) > 0",
        "join lidar within 3s expect size(camera.boxes) == size(lidar.boxes)",
        "join lidar as of at most 10s old expect size(camera.boxes) == size(lidar.boxes)",
      })
  void withPartnersTooItIs(String clauses) {
    String rules = STREAM + LIDAR + "assertion a on camera { %s }\n".formatted(clauses);
    GroupTrial trial = GroupTrial.of(rules, "vehicle", "car1");
    long largest = 0;
    for (int frame = 0; frame < 500; frame++) {
      trial.judge("lidar %d {\"label\":\"road\",\"boxes\":[%s]}".formatted(frame * 100, points()));
      trial.judge("camera %d %s".formatted(frame * 100, fields(frame, 10)));
      largest = Math.max(largest, trial.stored());
    }
    assertThat(trial.errors).isEmpty();
    assertAgrees(rules, clauses, largest);
  }

  private static void assertAgrees(String rules, String clauses, long largest) {
    List<SourceFile> sources = List.of(new SourceFile("a.assay", rules));
    Compilation compilation = new RuleCompiler().compile(sources);
    CheckedRules checked = compilation.rules().orElseThrow();
    Explanation explanation =
        Explanation.of(checked.assertion("a").orElseThrow(), checked, sources, LOAD);
    assertThat((double) explanation.state().total() / largest)
        .as("%s: %s, stored %,d", clauses, explanation.state(), largest)
        .isBetween(0.5, 2.0);
  }

  private static String camera(int frame, int bound) {
    return "{\"vehicle\":\"car1\",\"at\":%d,%s"
        .formatted(frame * 100, fields(frame, bound).substring(1));
  }

  /**
   * Four identities; one after the other is away for 70 seconds, the others for an event or two.
   */
  private static String fields(int frame, int bound) {
    List<String> boxes = new ArrayList<>();
    for (int track = 0; track < 4; track++) {
      boolean away =
          track == 0 ? frame % (2 * bound + 2) > bound - 2 : frame % (11 + 2 * track) < 2;
      if (!away) {
        boxes.add(
            "{\"track\":\"trk%d\",\"label\":\"%s\",\"score\":0.%d,\"area\":[%d,10,40,30]}"
                .formatted(
                    track,
                    frame % (5 + track) == 0 ? "vans" : "cars",
                    1 + (frame + track) % 9,
                    100 * track));
      }
    }
    return "{\"label\":\"%s\",\"speed\":%s,\"boxes\":[%s]}"
        .formatted(
            frame % (bound - 1) == 0 ? "rain" : "snow", frame % 13 / 2.0, String.join(",", boxes));
  }

  private static String points() {
    List<String> boxes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      boxes.add(
          "{\"label\":\"cars\",\"score\":8.5,\"area\":[%d,10,40,30],\"distance\":20.5}"
              .formatted(100 * i));
    }
    return String.join(",", boxes);
  }
}
