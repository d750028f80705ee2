package io.assay.assertion.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.assay.assertion.Violation;
import io.assay.assertion.alert.AlertRehearsal;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often people would have been told that nothing came. */
class SilenceAlertsTest {
  private static final long START = 1_772_352_000_000L;

  private static final CheckedRules RULES =
      new RuleCompiler()
          .compile(
              List.of(
                  new SourceFile(
                      "alive.assay",
                      """
                      stream camera from topic "av.camera" {
                        key  vehicle string
                        time at      timestamp(millis)
                      }
                      assertion alive on camera {
                        silence at most 500ms
                        alert   when open for 10s to people
                      }
                      assertion slow on camera {
                        silence at most 20min
                        alert   when open for 10min
                        alert   when open for 10h
                      }
                      assertion any on camera {
                        silence at most 20min over stream
                        alert   when open for 10min
                      }
                      route people { to webhook("https://example.com/hook")  group by vehicle }
                      """)))
          .rules()
          .orElseThrow();

  /** Two vehicles speak for ten minutes; then one for a second, and both again after an hour. */
  private static String events() {
    List<Long> both = new ArrayList<>();
    for (long at = 0; at < 600_000; at += 400) {
      both.add(at);
    }
    var lines = new StringBuilder();
    both.forEach(
        at -> {
          // one is away for 25 seconds, twice, and for five seconds
          boolean away = (at >= 100_000 && at < 125_000) || (at >= 300_000 && at < 325_000);
          boolean brief = at >= 400_000 && at < 405_000;
          lines.append(event("v1", at));
          lines.append(away || brief ? "" : event("v2", at));
        });
    lines.append(event("v1", 601_000));
    lines.append(event("v1", 4_200_000));
    lines.append(event("v2", 4_200_000));
    return lines.toString();
  }

  private static String event(String vehicle, long after) {
    return "{\"vehicle\":\"%s\",\"at\":%d}\n".formatted(vehicle, START + after);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aSilenceIsOpenUntilTheKeySpeaks(int jobs) {
    BacktestReport report =
        Backtest.run(
            RULES,
            "default",
            List.of(
                Recording.ofLines(
                    RULES.played("camera").orElseThrow(),
                    "camera.jsonl",
                    new ByteArrayInputStream(events().getBytes(StandardCharsets.UTF_8)))),
            new Extent(Long.MIN_VALUE, Long.MAX_VALUE, Set.of(), jobs),
            new Backtest.Listener() {
              @Override
              public void violation(Violation violation) {}

              @Override
              public void unreadable(String place, String cause, String detail) {
                throw new AssertionError(place + cause + detail);
              }

              @Override
              public void progress(long events) {}
            });
    assertThat(report.alerts().lines())
        .extracting(AlertRehearsal.Line::condition, AlertRehearsal.Line::fired)
        .containsExactly(
            tuple("open for 10s", 4L),
            tuple("open for 10min", 1L),
            tuple("open for 10h", 0L),
            tuple("open for 10min", 1L));
  }
}
