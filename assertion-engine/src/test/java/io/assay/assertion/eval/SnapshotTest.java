package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {
  private static final String RULES =
      Frames.STREAM
          + """
          assertion gone on camera { each b in boxes where b.score >= 0.5 identity b.track
            absent less than 500ms severity gap / 500ms explain "{before.track} {gap}" }
          assertion blink on camera { each b in boxes where b.score >= 0.5 identity b.track
            present less than 4 events severity events }
          assertion lost on camera { each b in boxes identity overlap(b.area) >= 0.3
            absent less than 4 events severity events }
          assertion ghost on camera { each b in boxes identity overlap(b.area) >= 0.3 coasting 700ms
            present less than 300ms }
          assertion sure on camera { each b in boxes expect b.score >= 0.2 }
          """;

  private static String[] street(long seed, int frames) {
    Random random = new Random(seed);
    String[] lines = new String[frames];
    for (int i = 0; i < frames; i++) {
      List<String> boxes = new ArrayList<>();
      for (int track = 0; track < 4; track++) {
        if (random.nextInt(4) > 0) {
          boxes.add(
              "{\"track\":\"t%d\",\"label\":\"car\",\"score\":%s,\"area\":[%d,%d,40,30]}"
                  .formatted(
                      track,
                      random.nextInt(20) == 0 ? "7" : "0." + random.nextInt(1, 10),
                      track * 60 + 3 * i + random.nextInt(4),
                      track * 20));
        }
      }
      lines[i] = Frames.frame(i * 100L + random.nextInt(50), boxes.toArray(new String[0]));
    }
    return lines;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void goesOnFromAnyPointAsIfNothingHadHappened(long seed) {
    String[] events = street(seed, 300);
    Trial whole = Trial.of(RULES).judge(events).finish();
    Trial stored = Trial.of(RULES).storing().judge(events).finish();
    assertThat(whole.found("gone")).isNotEmpty();
    assertThat(whole.found("blink")).isNotEmpty();
    assertThat(whole.found("lost")).isNotEmpty();
    assertThat(whole.found("ghost")).isNotEmpty();
    assertThat(stored.violations.stream().map(SnapshotTest::json))
        .isEqualTo(whole.violations.stream().map(SnapshotTest::json).toList());
    assertThat(stored.counts).isEqualTo(whole.counts);
    assertThat(stored.errors).isEmpty();
  }

  private static String json(Violation violation) {
    return new String(ViolationJson.write(violation), StandardCharsets.UTF_8);
  }

  @Test
  void keepsWhatWaitsForOrder() {
    String rules = RULES.replace("key vehicle string", "key vehicle string\nlateness 1s");
    String[] events = street(9, 100);
    Trial whole = Trial.of(rules).judge(events);
    Trial stored = Trial.of(rules).storing().judge(events);
    assertThat(stored.violations).isEqualTo(whole.violations);
    assertThat(whole.violations).isNotEmpty();
    whole.finish();
    stored.finish();
    assertThat(stored.violations).isEqualTo(whole.violations);
  }

  @Test
  void dropsWhatBelongedToRulesThatAreNoMoreAndBeginsNewOnes() {
    Trial before = Trial.of(RULES).judge(street(3, 50));
    byte[] bytes = before.judge.snapshot(before.key("v"));
    String other = RULES.replace("absent less than 500ms", "absent less than 600ms");
    Trial after = Trial.of(other);
    KeyState state = after.judge.restore("v", bytes);
    assertThat(state.memories.get(1).events).isZero();
    assertThat(state.memories.get(2).events).isEqualTo(50);
    assertThat(state.judged).isEqualTo(before.key("v").judged);
  }

  @Test
  void goesOnWhereTheStreamHasOtherFieldsThatNoRuleReads() {
    Trial before = Trial.of(RULES).judge(street(3, 50));
    byte[] bytes = before.judge.snapshot(before.key("v"));
    Trial after = Trial.of(RULES.replace("label string", "label string?"));
    after.judge.shapes().learn(before.judge.shapes().bytes());
    KeyState state = after.judge.restore("v", bytes);
    assertThat(state.cut).isFalse();
    assertThat(state.memories.get(2).events).isEqualTo(50);
    assertThat(state.history.next()).isEqualTo(before.key("v").history.next());
  }

  @Test
  void beginsAllRulesAfreshWhereNobodyKnowsWhichFieldsThereWere() {
    Trial before = Trial.of(RULES).judge(street(3, 50));
    byte[] bytes = before.judge.snapshot(before.key("v"));
    Trial after = Trial.of(RULES.replace("label string", "label string?"));
    KeyState state = after.judge.restore("v", bytes);
    assertThat(state.cut).isTrue();
    assertThat(state.memories.get(2).events).isZero();
    assertThat(state.latest).isEqualTo(before.key("v").latest);
  }

  @Test
  void tellsBytesThatAreNoState() {
    Trial trial = Trial.of(RULES).judge(street(5, 60));
    byte[] bytes = trial.judge.snapshot(trial.key("v"));
    assertThatThrownBy(() -> trial.judge.restore("v", new byte[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs 1 more bytes at byte 0 of 0");
    assertThatThrownBy(() -> trial.judge.restore("v", new byte[] {99}))
        .hasMessage("a key's state needs version 4 or older, got 99");
    for (int length = 1; length < bytes.length; length += 7) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> trial.judge.restore("v", cut))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /**
   * As versions 1, 2 and 3 wrote, and the first of version 4, the state after the first 50 events.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {"state-version-1", "state-version-2", "state-version-3", "state-version-4"})
  void goesOnFromAStateOfAnOlderVersion(String name) throws IOException {
    byte[] older = stored(name);
    String[] events = street(4, 100);
    Trial before = Trial.of(RULES).judge(Arrays.copyOf(events, 50));
    int found = before.violations.size();
    before.judge(Arrays.copyOfRange(events, 50, 100));

    Trial migrated = Trial.of(RULES);
    KeyState state = migrated.judge.restore("v", older);
    goOn(migrated, state, Arrays.copyOfRange(events, 50, 100));
    assertThat(migrated.violations.stream().map(Violation::id))
        .isEqualTo(before.violations.stream().skip(found).map(Violation::id).toList())
        .isNotEmpty();
    assertThat(migrated.violations.stream().map(Violation::events))
        .isEqualTo(before.violations.stream().skip(found).map(Violation::events).toList());
  }

  @Test
  void aStateWithoutTheTimeOfArrivalWaitsForNothing() throws IOException {
    Trial trial = Trial.of(RULES);
    GroupJudge judge = GroupJudge.of(trial.rules, List.of(trial.stream), "default");
    assertThat(judge.due(judge.restore("v", stored("state-version-1")), trial.stream)).isEmpty();
  }

  @Test
  void aStateOfConnectedStreamsHoldsThoseOfAnOlderVersion() throws IOException {
    Trial trial = Trial.of(RULES);
    GroupJudge judge = GroupJudge.of(trial.rules, List.of(trial.stream), "default");
    KeyState state = judge.restore("v", stored("group-version-4")).of("camera");
    assertThat(state.memories.get(2).events).isEqualTo(50);
    assertThat(GroupJudge.isOfThisVersion(stored("group-version-4"))).isFalse();
  }

  private static void goOn(Trial trial, KeyState state, String[] events) {
    for (String event : events) {
      trial.judge.judge(state, trial.event(event, Long.MIN_VALUE), trial);
    }
  }

  private static byte[] stored(String name) throws IOException {
    try (InputStream bytes = SnapshotTest.class.getResourceAsStream(name + ".bin")) {
      return Objects.requireNonNull(bytes, name).readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void restoresOrRefusesDamagedBytes(long seed) {
    Trial trial = Trial.of(RULES).judge(street(5, 60));
    byte[] bytes = trial.judge.snapshot(trial.key("v"));
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      try {
        assertThat(trial.judge.restore("v", damaged).key()).isEqualTo("v");
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining("state");
      }
    }
  }

  @Test
  void forgetsWhatNoRuleNeeds() {
    Trial trial = Trial.of(RULES).judge(street(1, 2000));
    KeyState state = trial.key("v");
    assertThat(state.history.size()).isLessThan(20);
    assertThat(trial.judge.snapshot(state).length).isLessThan(12_000);
  }
}
