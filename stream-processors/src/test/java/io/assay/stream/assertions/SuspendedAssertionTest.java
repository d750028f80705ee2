package io.assay.stream.assertions;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.ViolationJson;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SuspendedAssertionTest {
  private static final CheckedRules RULES =
      new RuleCompiler()
          .compile(
              List.of(
                  new SourceFile(
                      "costly.assay",
                      """
                      language 1
                      stream camera from topic "av.camera" {
                        key    vehicle string
                        time   at      timestamp(millis)
                        speed          double
                        boxes          list {
                          score        double
                        }
                      }
                      assertion costly on camera {
                        mode   active
                        expect !boxes.exists(a, boxes.exists(b, boxes.exists(c, a.score + b.score + c.score > 9.0)))
                      }
                      assertion after_costly on camera {
                        mode   active
                        when   costly violated
                        expect speed < 0.0
                      }
                      assertion cheap on camera {
                        mode   active
                        expect speed < 30.0
                      }
                      """)))
          .rules()
          .orElseThrow();
  private static final StreamType CAMERA = RULES.streams().getFirst();
  private static final Duration BUDGET = Duration.ofNanos(200_000);

  /** Sixty boxes are two hundred thousand sums. */
  private static String event(int number, int boxes, double speed) {
    String list =
        IntStream.range(0, boxes)
            .mapToObj(i -> "{\"score\":%d}".formatted(i % 3))
            .collect(Collectors.joining(",", "[", "]"));
    return String.format(
        Locale.ROOT,
        "{\"vehicle\":\"v1\",\"at\":%d,\"speed\":%f,\"boxes\":%s}",
        Camera.START_MILLIS + 100L * number,
        speed,
        list);
  }

  private static void judge(JudgeRun run, int from, int events, int boxes, double speed) {
    for (int i = from; i < from + events; i++) {
      run.judge(CAMERA, event(i, boxes, speed), Camera.START_MILLIS + 100L * i);
    }
  }

  private static List<String> assertions(JudgeRun run) {
    return run.violations().stream()
        .map(json -> ViolationJson.read(json.getBytes(StandardCharsets.UTF_8)).assertion())
        .toList();
  }

  @Test
  void oneThatTakesTooMuchIsLeftOutAndTheOthersGoOn() {
    try (var run = new JudgeRun(RULES, 1 << 20, BUDGET)) {
      judge(run, 0, 120, 60, 20);
      assertThat(run.figuresOf("camera").suspended()).containsOnlyKeys("costly");
      assertThat(run.figuresOf("camera").suspended().get("costly")).contains("may take 0.2 ms");

      judge(run, 120, 50, 60, 40);
      assertThat(assertions(run)).hasSize(50).containsOnly("cheap");
      run.tick(1);
      assertThat(run.counts().values())
          .filteredOn(count -> count.assertion().equals("cheap"))
          .extracting(count -> count.judged())
          .satisfies(all -> assertThat(all.stream().mapToLong(each -> each).sum()).isEqualTo(170));
      assertThat(run.counts().values())
          .filteredOn(count -> count.assertion().equals("costly"))
          .extracting(count -> count.judged())
          .satisfies(all -> assertThat(all.stream().mapToLong(each -> each).sum()).isLessThan(120));
    }
  }

  @Test
  void aNewStartLeavesItOutTooAndTriesItAgainWhenItsTimeHasCome() {
    try (var run = new JudgeRun(RULES, 1 << 20, BUDGET)) {
      judge(run, 0, 120, 60, 20);
      judge(run, 120, 60, 60, 20);
      run.tick(1);
      long before = judged(run);
      run.crash();
      assertThat(run.figuresOf("camera").suspended()).containsOnlyKeys("costly");
      judge(run, 180, 60, 60, 20);
      run.tick(2);
      assertThat(judged(run)).isEqualTo(before);
      run.tick(Camera.START_MILLIS + Duration.ofMinutes(11).toMillis());
      judge(run, 300, 5, 3, 20);
      run.tick(Camera.START_MILLIS + Duration.ofMinutes(11).toMillis() + 1);
      assertThat(judged(run)).isEqualTo(before + 5);
    }
  }

  private static long judged(JudgeRun run) {
    return run.counts().values().stream()
        .filter(count -> count.assertion().equals("costly"))
        .mapToLong(count -> count.judged())
        .sum();
  }

  @Test
  void itIsJudgedAgainAfterAWhile() {
    try (var run = new JudgeRun(RULES, 1 << 20, BUDGET)) {
      judge(run, 0, 120, 60, 20);
      run.tick(Camera.START_MILLIS + Duration.ofMinutes(11).toMillis());
      assertThat(run.figuresOf("camera").suspended()).isEmpty();
      judge(run, 200, 20, 3, 20);
      assertThat(run.figuresOf("camera").suspended()).isEmpty();
      judge(run, 220, 120, 60, 20);
      assertThat(run.figuresOf("camera").suspended()).containsOnlyKeys("costly");
    }
  }

  @Test
  void aMomentOfMuchWorkSuspendsNothing() {
    try (var run = new JudgeRun(RULES, 1 << 20, Duration.ofSeconds(5))) {
      judge(run, 0, 120, 60, 20);
      assertThat(run.figuresOf("camera").suspended()).isEmpty();
    }
  }
}
