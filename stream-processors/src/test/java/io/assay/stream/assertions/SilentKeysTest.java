package io.assay.stream.assertions;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.SilentRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the topic of silent keys says at any time: the newest record of each key holds. */
class SilentKeysTest {
  private static final String STREAM =
      """
      language 1
      stream camera from topic "av.camera" {
        key   vehicle string
        time  at      timestamp(millis)
      }
      """;

  private static final String ALIVE =
      "assertion alive on camera { silence at most %s  mode active }\n";

  private static final String RULES = STREAM + ALIVE.formatted("500ms");

  @TempDir private Path folder;

  private final Map<String, SilentRecord> known = new TreeMap<>();
  private long told;

  private static CheckedRules rules(String text) {
    return RulesByHand.compiled(text).live();
  }

  private static String event(String vehicle, long after) {
    return "{\"vehicle\":\"%s\",\"at\":%d}".formatted(vehicle, Camera.START_MILLIS + after);
  }

  private List<String> silent(TopologyRun run) {
    for (TestRecord<byte[], byte[]> record : run.read(TopologyRun.TOPICS.silent())) {
      hear(record.key(), record.value());
    }
    return silent();
  }

  private List<String> silent(JudgeRun run) {
    run.voices().forEach(record -> hear(record.key(), record.value()));
    return silent();
  }

  private void hear(byte[] key, byte[] value) {
    SilentRecord record = SilentRecord.read(value);
    assertThat(key).isEqualTo(record.recordKey());
    known.put(record.stream() + '/' + record.assertion() + '/' + record.key(), record);
    told++;
  }

  private List<String> silent() {
    List<String> keys = new ArrayList<>();
    known.values().stream()
        .filter(one -> one.silence().isPresent())
        .forEach(one -> keys.add(one.assertion() + ' ' + one.key()));
    return keys;
  }

  /** Nothing comes of the vehicles but those that go on, ten times a second. */
  private static long speak(
      TopologyRun run, StreamType stream, long from, int tenths, String... of) {
    long at = from;
    for (int i = 0; i < tenths; i++, at += 100) {
      for (String vehicle : of) {
        run.send(stream, at, event(vehicle, at));
      }
      if (i % 10 == 9) {
        run.idle(1);
      }
    }
    return at;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneOfThreeIsSilentUntilItSpeaks(boolean keyed) {
    CheckedRules rules = rules(RULES);
    StreamType stream = rules.streams().getFirst();
    try (TopologyRun run = new TopologyRun(rules, stream, keyed, folder)) {
      long now = speak(run, stream, 0, 20, "v1", "v2", "v3");
      assertThat(silent(run)).isEmpty();
      assertThat(told).as("each key says once that it is there").isEqualTo(3);
      now = speak(run, stream, now, 100, "v1", "v3");
      assertThat(silent(run)).containsExactly("alive v2");
      Violation violation = run.violations().getFirst();
      SilentRecord record = Objects.requireNonNull(known.get("camera/alive/v2"));
      assertThat(record)
          .isEqualTo(SilentRecord.silent(violation, record.silence().orElseThrow().lasted()));
      assertThat(record.at()).isEqualTo((Camera.START_MILLIS + 2400) * 1_000_000);
      assertThat(Duration.ofNanos(record.silence().orElseThrow().lasted()))
          .as("what a key is left in peace for, and a second until it is looked at")
          .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
      speak(run, stream, now, 20, "v1", "v2", "v3");
      assertThat(silent(run)).isEmpty();
      assertThat(told).isEqualTo(5);
    }
  }

  @Test
  void whatTheNextEventTellsWasNeverSilent() {
    CheckedRules rules = rules(RULES);
    StreamType stream = rules.streams().getFirst();
    try (TopologyRun run = new TopologyRun(rules, stream, false, folder)) {
      run.send(stream, 0, event("v1", 0));
      run.send(stream, 60_000, event("v1", 60_000));
      assertThat(run.violations()).hasSize(1);
      run.read(TopologyRun.TOPICS.silent()).forEach(record -> hear(record.key(), record.value()));
      assertThat(told).isEqualTo(2);
      assertThat(silent()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1 << 20})
  void aTaskThatTakesOverKnowsWhoIsSilent(long hotBytes) {
    CheckedRules rules = rules(RULES);
    StreamType stream = rules.streams().getFirst();
    try (JudgeRun run = new JudgeRun(rules, hotBytes)) {
      run.judge(stream, event("v1", 0), Camera.START_MILLIS);
      run.judge(stream, event("v2", 0), Camera.START_MILLIS);
      run.crash();
      run.pass(stream, Camera.START_MILLIS + 10_000);
      assertThat(silent(run)).containsExactly("alive v1", "alive v2");
      run.crash();
      run.judge(stream, event("v2", 20_000), Camera.START_MILLIS + 20_000);
      assertThat(silent(run)).containsExactly("alive v1");
      run.crash();
      run.judge(stream, event("v2", 20_100), Camera.START_MILLIS + 20_100);
      run.judge(stream, event("v1", 20_100), Camera.START_MILLIS + 20_100);
      assertThat(silent(run)).isEmpty();
      assertThat(told).as("once each, whoever was killed").isEqualTo(6);
    }
  }

  /** What was remembered of it is gone, and it speaks all the same. */
  @Test
  void aKeyThatWasForgottenIsSilentUntilItReturns() {
    CheckedRules rules = rules(RULES);
    StreamType stream = rules.streams().getFirst();
    try (TopologyRun run = new TopologyRun(rules, stream, false, folder)) {
      run.send(stream, 0, event("v1", 0));
      run.pass(Duration.ofMinutes(62));
      run.pass(Duration.ofMinutes(1));
      run.pass(Duration.ofMinutes(1));
      run.pass(Duration.ofMinutes(1));
      assertThat(run.remembers("v1")).isFalse();
      assertThat(silent(run)).containsExactly("alive v1");
      run.send(stream, 3 * 3_600_000, event("v1", 3 * 3_600_000));
      assertThat(silent(run)).isEmpty();
    }
  }

  /** Of the rule before nothing is known: its record has another hash, and goes with an event. */
  @Test
  void aRuleThatChangedBeginsAnew() {
    var live = new RulesByHand(RULES);
    StreamType stream = live.newest().rules().streams().getFirst();
    try (TopologyRun run = new TopologyRun(live, List.of(stream), false, folder)) {
      run.send(stream, 0, event("v1", 0));
      run.idle(10);
      String before = hash(run);
      live.change(STREAM + ALIVE.formatted("1s"));
      run.idle(10);
      assertThat(hash(run)).isEqualTo(before);
      run.send(stream, 30_000, event("v1", 30_000));
      assertThat(silent(run)).isEmpty();
      run.idle(20);
      assertThat(hash(run)).isNotEqualTo(before);
    }
  }

  private String hash(TopologyRun run) {
    assertThat(silent(run)).containsExactly("alive v1");
    return Objects.requireNonNull(known.get("camera/alive/v1")).judgementHash();
  }

  /** A shadow tells too: once it is active, what is silent then is known. */
  @Test
  void anAlertThatChangesChangesNothing() {
    var live = new RulesByHand(RULES.replace("active", "shadow"));
    StreamType stream = live.newest().rules().streams().getFirst();
    try (TopologyRun run = new TopologyRun(live, List.of(stream), false, folder)) {
      run.send(stream, 0, event("v1", 0));
      run.idle(10);
      String shadow = hash(run);
      live.change(RULES.replace("active", "active  alert when open for 10s"));
      run.idle(10);
      assertThat(told).isEqualTo(2);
      assertThat(live.newest().rules().assertions().getFirst().judgementHash()).isEqualTo(shadow);
      run.send(stream, 30_000, event("v1", 30_000));
      assertThat(silent(run)).isEmpty();
    }
  }

  @Test
  void overAStreamNobodyIsSilentAlone() {
    CheckedRules rules = rules(RULES.replace("500ms", "500ms over stream"));
    StreamType stream = rules.streams().getFirst();
    try (TopologyRun run = new TopologyRun(rules, stream, false, folder)) {
      run.send(stream, 0, event("v1", 0));
      run.idle(10);
      run.send(stream, 30_000, event("v1", 30_000));
      assertThat(silent(run)).isEmpty();
      assertThat(told).isZero();
    }
  }
}
