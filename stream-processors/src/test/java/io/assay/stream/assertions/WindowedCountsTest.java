package io.assay.stream.assertions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.CountRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowedCountsTest {
  private static final CheckedRules RULES =
      new RuleCompiler()
          .compile(
              List.of(
                  new SourceFile(
                      "windowed.assay",
                      """
                      language 1
                      stream camera from topic "av.camera" {
                        key    vehicle string
                        time   at      timestamp(millis)
                        speed          double
                      }
                      assertion slow on camera {
                        mode   active
                        window tumbling 1min
                        expect mean(speed) < 30.0
                      }
                      """)))
          .rules()
          .orElseThrow();

  @Test
  void aCrashLosesNoEventThatAWindowHasSeen() {
    StreamType camera = RULES.streams().getFirst();
    try (var run = new JudgeRun(RULES)) {
      for (int i = 0; i < 10; i++) {
        long at = Camera.START_MILLIS + 100L * i;
        run.judge(camera, "{\"vehicle\":\"v1\",\"at\":%d,\"speed\":10}".formatted(at), at);
        run.crash();
      }
      run.tick();
      assertThat(run.counts().values())
          .filteredOn(count -> count.assertion().equals("slow"))
          .extracting(CountRecord::seen, CountRecord::passed)
          .containsExactly(tuple(10L, 10L));
    }
  }
}
