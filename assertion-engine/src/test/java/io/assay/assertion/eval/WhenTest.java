package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code when ASSERTION violated}. */
class WhenTest {
  private static final String STREAMS =
      """
      language 1
      stream camera from topic "c" { key v string time at timestamp(millis) a double? b double? }
      stream lidar from topic "l" { key v string time at timestamp(millis) a double? b double? }
      """;

  /** The one that waits stands before the one that it waits for. */
  private static final String PLAIN =
      STREAMS
          + """
          assertion dear on camera { when cheap violated expect b < 10 }
          assertion dearer on camera { when dear violated expect a < 100 }
          assertion cheap on camera { expect a < 10 }
          """;

  private static String camera(long at, String a, String b) {
    return "camera %d {\"a\":%s,\"b\":%s}".formatted(at, a, b);
  }

  private static String lidar(long at, String a, String b) {
    return "lidar %d {\"a\":%s,\"b\":%s}".formatted(at, a, b);
  }

  private static Trial plain(String... events) {
    Trial trial = Trial.of(PLAIN);
    for (String event : events) {
      String[] parts = event.split(" ", 3);
      trial.judge("{\"v\":\"x\",\"at\":%s,%s".formatted(parts[1], parts[2].substring(1)));
    }
    return trial;
  }

  @Test
  void judgesOnlyWhereTheOtherIsViolated() {
    Trial trial = plain(camera(0, "1", "50"), camera(1, "50", "1"), camera(2, "50", "50"));
    assertThat(trial.violations)
        .extracting(Violation::assertion, Violation::at)
        .containsExactly(
            tuple("cheap", 1_000_000L), tuple("cheap", 2_000_000L), tuple("dear", 2_000_000L));
    assertThat(trial.count("dear", Tally.SEEN)).isEqualTo(3);
    assertThat(trial.count("dear", Tally.PASSED)).isEqualTo(2);
    assertThat(trial.count("dear", Tally.JUDGED)).isEqualTo(2);
    assertThat(trial.count("dearer", Tally.JUDGED)).isEqualTo(1);
  }

  @Test
  void isUndecidedWhereTheOtherIs() {
    Trial trial = plain(camera(0, "null", "50"));
    assertThat(trial.violations).isEmpty();
    assertThat(trial.count("dear", Tally.UNDECIDED)).isEqualTo(1);
    assertThat(trial.count("dearer", Tally.UNDECIDED)).isEqualTo(1);
  }

  @Test
  void anEventThatIsNotLookedAtIsNoneToWhatFollowsThings() {
    Trial trial =
        Trial.of(
            STREAMS
                + """
                assertion slow on camera { when cheap violated change b at most 1 per 1s }
                assertion cheap on camera { expect a < 10 }
                """);
    trial.judge(
        "{\"v\":\"x\",\"at\":0,\"a\":50,\"b\":1}", "{\"v\":\"x\",\"at\":1,\"a\":1,\"b\":9}");
    assertThat(trial.found("slow")).isEmpty();
    trial.judge("{\"v\":\"x\",\"at\":2,\"a\":50,\"b\":9}");
    assertThat(trial.found("slow")).hasSize(1);
  }

  @Test
  void waitingForADraftIsAnErrorThatIsSeen() {
    Trial trial = Trial.of(compiledWithout("cheap"));
    trial.judge("{\"v\":\"x\",\"at\":0,\"a\":50,\"b\":50}");
    assertThat(trial.errors).singleElement().asString().contains("waits for 'cheap'");
  }

  private static CheckedRules compiledWithout(String name) {
    var whole = Trial.of(PLAIN.replace("when dear violated", "")).rules;
    return new CheckedRules(
        whole.streams(),
        whole.assertions().stream().filter(a -> !a.name().equals(name)).toList(),
        List.of(),
        "");
  }

  private static final String JOINED =
      STREAMS
          + """
          assertion near on camera { join lidar within 5ms expect abs(camera.a - lidar.a) < 10 }
          assertion after on camera { when near violated expect camera.b < 10 }
          assertion last on camera { when after violated join lidar within 5ms expect lidar.b < 10 }
          assertion cheap on camera { expect a < 100 }
          assertion dear on camera { when cheap violated join lidar within 5ms expect lidar.b < 10 }
          """;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void waitsForAJoinAndAJoinWaits(boolean lidarFirst) {
    GroupTrial trial = GroupTrial.of(JOINED, "v", "x").storing();
    String[] camera = {
      camera(0, "1", "50"),
      camera(100, "50", "1"),
      camera(200, "50", "50"),
      camera(300, "500", "50")
    };
    String[] lidar = {
      lidar(0, "1", "50"), lidar(100, "1", "50"), lidar(200, "1", "50"), lidar(300, "500", "50")
    };
    trial.judge(lidarFirst ? lidar : camera).judge(lidarFirst ? camera : lidar).finish();
    assertThat(
            trial.violations.stream().map(v -> v.assertion() + " " + v.at() / 1_000_000).sorted())
        .containsExactly("after 200", "cheap 300", "dear 300", "last 200", "near 100", "near 200");
    assertThat(trial.count("after", Tally.SEEN)).isEqualTo(4);
    assertThat(trial.count("dear", Tally.JUDGED)).isEqualTo(1);
    assertThat(trial.errors).isEmpty();
  }

  @Test
  void aJoinNeedsNoPartnerWhereNobodyAsks() {
    GroupTrial trial = GroupTrial.of(JOINED, "v", "x").judge(camera(0, "1", "1"));
    assertThat(trial.count("dear", Tally.SEEN)).isEqualTo(1);
    assertThat(trial.count("near", Tally.SEEN)).isZero();
    assertThat(trial.count("after", Tally.SEEN)).isZero();
    trial.finish();
    assertThat(trial.count("near", Tally.UNDECIDED)).isEqualTo(1);
    assertThat(trial.count("after", Tally.UNDECIDED)).isEqualTo(1);
    assertThat(trial.count("last", Tally.UNDECIDED)).isEqualTo(1);
  }
}
