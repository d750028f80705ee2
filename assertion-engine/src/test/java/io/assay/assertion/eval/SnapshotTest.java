package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
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
  void beginsAllRulesAfreshWhereTheStreamHasChanged() {
    Trial before = Trial.of(RULES).judge(street(3, 50));
    byte[] bytes = before.judge.snapshot(before.key("v"));
    Trial after = Trial.of(RULES.replace("label string", "label string?"));
    KeyState state = after.judge.restore("v", bytes);
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
        .hasMessage("a key's state needs version 3 or older, got 99");
    for (int length = 1; length < bytes.length; length += 7) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> trial.judge.restore("v", cut))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void goesOnFromAStateOfTheFirstVersion() {
    String[] events = street(4, 100);
    String[] after = Arrays.copyOfRange(events, 50, 100);
    Trial before = Trial.of(RULES).judge(Arrays.copyOf(events, 50));
    KeyState kept = before.key("v");
    byte[] second = secondVersion(before.judge.snapshot(kept));
    assertThat(before.judge.restore("v", second).history.size()).isEqualTo(kept.history.size());
    byte[] first = firstVersion(second);
    GroupJudge judge = GroupJudge.of(before.rules, List.of(before.stream), "default");
    GroupState group = judge.restore("v", first);
    assertThat(judge.due(group, before.stream)).isEmpty();

    Trial migrated = Trial.of(RULES);
    KeyState state = migrated.judge.restore("v", first);
    int found = before.violations.size();
    before.judge(after);
    for (String event : after) {
      migrated.judge.judge(state, migrated.event(event, Long.MIN_VALUE), migrated);
    }
    assertThat(migrated.violations.stream().map(Violation::id))
        .isEqualTo(before.violations.stream().skip(found).map(Violation::id).toList())
        .isNotEmpty();
  }

  /** As it was written before single events were kept beside those in a row. */
  private static byte[] secondVersion(byte[] bytes) {
    return rewritten(
        bytes,
        2,
        shared -> {
          // shape, four times, an ordinal below 128 and no ids stand before it
          assertThat(shared[5 * 8 + 1]).isZero();
          assertThat(shared[5 * 8 + 2]).isZero();
          return without(shared, 5 * 8 + 2, 1);
        });
  }

  /** As it was written before the newest event's arrival was. */
  private static byte[] firstVersion(byte[] bytes) {
    return rewritten(bytes, 1, shared -> without(shared, 16, 16));
  }

  private static byte[] without(byte[] bytes, int from, int count) {
    byte[] shorter = new byte[bytes.length - count];
    System.arraycopy(bytes, 0, shorter, 0, from);
    System.arraycopy(bytes, from + count, shorter, from, shorter.length - from);
    return shorter;
  }

  private static byte[] rewritten(byte[] bytes, int version, UnaryOperator<byte[]> older) {
    StateReader in = new StateReader(bytes);
    StateWriter out = new StateWriter();
    assertThat(in.readByte()).isEqualTo(version + 1);
    out.writeByte(version);
    out.writeBytes(older.apply(in.readBytes()));
    int parts = in.readCount();
    out.writeUnsigned(parts);
    for (int i = 0; i < parts; i++) {
      out.writeText(in.readText());
      out.writeBytes(in.readBytes());
    }
    return out.toBytes();
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
