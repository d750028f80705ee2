package io.assay.stream.assertions;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that never return: what is remembered of them goes away. */
class ForgottenKeysTest {
  private static final String STREAM =
      "stream s from topic \"s\" { key k string  time at timestamp(millis)  label string }\n";

  @TempDir private Path folder;

  private static CheckedRules rules(String clauses) {
    return new RuleCompiler()
        .compile(
            List.of(
                new SourceFile(
                    "rules.assay", STREAM + "assertion a on s { mode active " + clauses + " }")),
            Map.of())
        .rules()
        .orElseThrow();
  }

  private static String event(String key, long after) {
    return "{\"k\":\"%s\",\"at\":%d,\"label\":\"day\"}".formatted(key, Camera.START_MILLIS + after);
  }

  /** Each look takes the clock on the wall only where nothing came since the one before. */
  private static void idle(TopologyRun run, Duration time) {
    run.pass(time);
    run.pass(Duration.ofMinutes(1));
    run.pass(Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @CsvSource({
    "true, expect label != 'night'",
    "false, expect label != 'night'",
    "true, consistent label within 5s",
    "false, silence at most 10s",
    "true, silence at most 10s",
  })
  void areForgottenOnceAllTimesHavePassed(boolean keyed, String clauses) {
    CheckedRules rules = rules(clauses.replace('\'', '"'));
    StreamType stream = rules.streams().getFirst();
    try (TopologyRun run = new TopologyRun(rules, stream, keyed, folder)) {
      for (int i = 0; i < 20; i++) {
        run.send(stream, i, event("k" + i, i));
      }
      idle(run, Duration.ofMinutes(40));
      assertThat(run.remembers("k3")).isTrue();
      run.send(stream, 42 * 60_000, event("k7", 42 * 60_000));
      idle(run, Duration.ofMinutes(25));
      assertThat(run.remembers("k3")).isFalse();
      assertThat(run.remembers("k7")).isTrue();
      idle(run, Duration.ofMinutes(60));
      assertThat(run.remembers("k7")).isFalse();

      run.send(stream, 140 * 60_000, event("k3", 140 * 60_000));
      assertThat(run.remembers("k3")).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "true, returns label through at most 2 events",
    "false, consistent label within 3 events",
  })
  void areKeptWhileABoundInEventsMayStillMatter(boolean keyed, String clauses) {
    CheckedRules rules = rules(clauses);
    StreamType stream = rules.streams().getFirst();
    try (TopologyRun run = new TopologyRun(rules, stream, keyed, folder)) {
      run.send(stream, 0, event("k", 0));
      idle(run, Duration.ofDays(100));
      assertThat(run.remembers("k")).isTrue();
      idle(run, Duration.ofDays(300));
      assertThat(run.remembers("k")).isFalse();
    }
  }
}
