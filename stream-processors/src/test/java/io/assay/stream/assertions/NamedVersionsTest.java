package io.assay.stream.assertions;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.CountRecord;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Events are counted by the version that they name, whether anything is violated or not. */
class NamedVersionsTest {
  private static final CheckedRules RULES =
      new RuleCompiler()
          .compile(
              List.of(
                  new SourceFile(
                      "speed.assay",
                      """
                      language 1
                      model speedometer "how fast"
                      stream camera from topic "av.camera" {
                        model  speedometer version release
                        key    vehicle string
                        id     frame   string
                        time   at      timestamp(millis)
                        speed          double
                      }
                      assertion slow on camera {
                        mode   active
                        expect speed < 30.0
                      }
                      """)))
          .rules()
          .orElseThrow();
  private static final StreamType CAMERA = RULES.streams().getFirst();

  private static void judge(JudgeRun run, int number, String release) {
    long at = Camera.START_MILLIS + 30_000L * number;
    String named = release.isEmpty() ? "" : ",\"release\":\"" + release + "\"";
    run.judge(
        CAMERA,
        "{\"vehicle\":\"v1\",\"frame\":\"f%d\",\"at\":%d,\"speed\":1.0%s}"
            .formatted(number, at, named),
        at);
  }

  /** By version: events of all minutes. */
  private static Map<String, Long> named(JudgeRun run) {
    Map<String, Long> found = new TreeMap<>();
    run.counts().values().stream()
        .filter(CountRecord::isOfVersion)
        .peek(count -> assertThat(count.stream()).isEqualTo("camera"))
        .forEach(count -> found.merge(count.expectation(), count.seen(), Long::sum));
    return found;
  }

  @Test
  void eachVersionIsCountedOnceAnEventAndNoneWhereNoneIsNamed() {
    try (var run = new JudgeRun(RULES)) {
      judge(run, 0, "9");
      judge(run, 1, "9");
      judge(run, 1, "9");
      judge(run, 2, "");
      judge(run, 3, "10/rc");
      run.tick(1);
      assertThat(named(run)).containsExactly(Map.entry("10/rc", 1L), Map.entry("9", 2L));
      long first =
          run.counts().values().stream()
              .filter(count -> count.isOfVersion() && count.expectation().equals("9"))
              .mapToLong(CountRecord::minute)
              .min()
              .orElseThrow();
      assertThat(first).isEqualTo(Camera.START_MILLIS / 60_000);
      assertThat(run.violations()).isEmpty();
    }
  }

  @Test
  void aNewStartCountsNoneAgain() {
    try (var run = new JudgeRun(RULES)) {
      judge(run, 0, "9");
      judge(run, 1, "9");
      run.crash();
      judge(run, 2, "9");
      run.tick(1);
      assertThat(named(run)).containsExactly(Map.entry("9", 3L));
    }
  }

  @Test
  void whoNamesAVersionForEachEventIsNotFollowedForEver() {
    try (var run = new JudgeRun(RULES)) {
      for (int i = 0; i < 1_050; i++) {
        judge(run, i, "of-event-" + i);
      }
      judge(run, 1_050, "x".repeat(201));
      run.tick(1);
      assertThat(named(run)).hasSize(1_000).doesNotContainKey("x".repeat(201));
    }
  }
}
