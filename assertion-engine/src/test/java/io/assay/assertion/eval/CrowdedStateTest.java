package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Tally;
import java.util.Objects;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Streams whose time stands still: no bound in time limits what is remembered of a key. */
class CrowdedStateTest {
  private static final int MANY = 20_000;

  private static final String STREAM =
      """
      stream s from topic "t" {
        key k string  time at timestamp(millis) %s
        label string
        boxes list { track string  label string  x double  area rect }
      }
      """;

  private static Trial played(int events, IntFunction<String> fields, String... clauses) {
    var rules = new StringBuilder(STREAM.formatted(""));
    for (int i = 0; i < clauses.length; i++) {
      rules.append("assertion %c on s { %s }\n".formatted('a' + i, clauses[i]));
    }
    Trial trial = Trial.of(rules.toString());
    for (int i = 0; i < events; i++) {
      trial.judge("{\"k\":\"v\",\"at\":5000,%s}".formatted(fields.apply(i)));
    }
    assertThat(trial.errors).isEmpty();
    return trial;
  }

  private static String box(String track, String label, int x) {
    return "\"label\":\"l\",\"boxes\":[{\"track\":\"%s\",\"label\":\"%s\",\"x\":%d,\"area\":[%d,2,3,4]}]"
        .formatted(track, label, x, x);
  }

  @Test
  void everyEventANewIdentity() {
    Trial trial =
        played(
            5_000,
            i -> box("t" + i, "car", 10 * i),
            "each b in boxes identity b.track absent less than 20s",
            "each b in boxes identity b.track present less than 20s",
            "each b in boxes identity b.track returns b.label within 20s",
            "each b in boxes identity b.track consistent b.label within 20s",
            "each b in boxes identity b.track change b.x at most 0.5 per 1s",
            "each b in boxes identity b.track transitions at most 3 within 20s",
            "each b in boxes identity overlap(b.area) >= 0.3 absent less than 20s");
    KeyState state = trial.key("v");
    for (int i = 1; i <= 7; i++) {
      assertThat(state.memories.get(i).tracks.size()).isBetween(3_000, Following.MOST);
      assertThat(trial.count("" + (char) ('a' + i - 1), Tally.UNDECIDED)).isBetween(900L, 5_000L);
    }
    assertThat(state.history.size()).isLessThanOrEqualTo(3 * History.MOST);
    assertThat(trial.judge.snapshot(state).length).isLessThan(8_000_000);
  }

  @Test
  void oneIdentityForEver() {
    Trial trial =
        played(
            MANY,
            i -> box("t", "car", i),
            "each b in boxes identity b.track present less than 20s",
            "each b in boxes identity b.track consistent b.label within 20s",
            "each b in boxes identity b.track returns b.label within 20s",
            "returns label within 20s",
            "consistent label within 20s");
    assertThat(trial.violations).isEmpty();
    assertThat(trial.judge.snapshot(trial.key("v")).length).isLessThan(1_000_000);
  }

  @Test
  void oneThatComesAndGoesForEver() {
    Trial trial =
        played(
            MANY,
            i -> i % 2 == 0 ? box("t", "car", i) : "\"label\":\"l\",\"boxes\":[]",
            "each b in boxes identity b.track transitions at most 3 within 20s severity count");
    assertThat(trial.found("a")).hasSize(1);
    assertThat(trial.judge.snapshot(trial.key("v")).length).isLessThan(1_000_000);
  }

  /** Each identity is seen as a car and as a van, then never again. */
  @Test
  void everySecondEventANewEpisode() {
    Trial trial =
        played(
            3_000,
            i -> box("t" + i / 2, i % 2 == 0 ? "car" : "van", i),
            "each b in boxes identity b.track consistent b.label within 20s");
    assertThat(trial.found("a")).hasSize(1_500);
    assertThat(Objects.requireNonNull(trial.key("v").memories.get(1).episodes).all())
        .hasSize(Episodes.MOST);
  }

  @Test
  void eventsOfOneInstantDoNotWaitWithoutEnd() {
    Trial trial =
        Trial.of(STREAM.formatted("lateness 1s") + "assertion a on s { expect label != \"bad\" }");
    for (int i = 0; i < MANY; i++) {
      trial.judge(
          "{\"k\":\"v\",\"at\":5000,\"label\":\"%s\",\"boxes\":[]}"
              .formatted(i % 100 == 0 ? "bad" : "l" + i % 77));
    }
    assertThat(trial.key("v").waiting).hasSize(StreamJudge.MOST_WAITING);
    trial.judge("{\"k\":\"v\",\"at\":4500,\"label\":\"l\",\"boxes\":[]}");
    assertThat(trial.late).containsExactly("LATE 4500");
    trial.finish();
    assertThat(trial.count("a", Tally.JUDGED)).isEqualTo(MANY);
    assertThat(trial.found("a")).hasSize(MANY / 100);
  }

  private static final String PAIR =
      """
      stream camera from topic "c" { key v string  time at timestamp(millis)  n int }
      stream lidar from topic "l" { key v string  time at timestamp(millis)  n int }
      assertion agree on camera { join lidar within 50ms expect camera.n == lidar.n }
      """;

  private static GroupTrial sent(GroupTrial trial, String stream, long at, int events) {
    for (int i = 0; i < events; i++) {
      trial.judge("%s %d {\"n\":1}".formatted(stream, at));
    }
    return trial;
  }

  @Test
  void aPartnerThatNeverComesIsNotWaitedForByAnyNumber() {
    GroupTrial trial = sent(GroupTrial.of(PAIR, "v", "x"), "camera", 5000, MANY);
    assertThat(trial.buffered("camera")).isEqualTo(Buffer.MOST);
    assertThat(trial.count("agree", Tally.UNDECIDED)).isEqualTo(MANY - Buffer.MOST);
    trial.finish();
    assertThat(trial.count("agree", Tally.UNDECIDED)).isEqualTo(MANY);
  }

  @Test
  void partnersOfAnEventThatNeverComesArePassedOver() {
    GroupTrial trial = sent(GroupTrial.of(PAIR, "v", "x"), "lidar", 5000, MANY);
    assertThat(trial.buffered("lidar")).isEqualTo(Buffer.MOST);
    sent(trial, "camera", 5000, 1);
    assertThat(trial.count("agree", Tally.HELD)).isEqualTo(1);
  }

  @Test
  void eventsThatAreJudgedDoNotStayThoughTimeStandsStill() {
    GroupTrial trial = GroupTrial.of(PAIR, "v", "x");
    sent(trial, "lidar", 5000, 1);
    sent(trial, "camera", 5000, MANY);
    assertThat(trial.count("agree", Tally.HELD)).isEqualTo(MANY);
    assertThat(trial.buffered("camera")).isZero();
    assertThat(trial.stored()).isLessThan(1_000);
  }
}
