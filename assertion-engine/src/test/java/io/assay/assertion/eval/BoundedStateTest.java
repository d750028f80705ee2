package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that do not do what a rule waits for: what is remembered of a key must not grow. */
class BoundedStateTest {
  private static String stream(String more) {
    return """
    stream s from topic "t" {
      key k string  time at timestamp(millis)
      label string  on bool  x double %s
    }
    """
        .formatted(more);
  }

  private static final String BOXES =
      "boxes list { track string  label string  x double  area rect }";

  /** Rules with these clauses, called a, b, c, … */
  private static Trial trial(String... clauses) {
    boolean boxes = Stream.of(clauses).anyMatch(one -> one.contains("boxes"));
    var rules = new StringBuilder(stream(boxes ? BOXES : ""));
    for (int i = 0; i < clauses.length; i++) {
      rules.append("assertion %c on s { %s }\n".formatted('a' + i, clauses[i]));
    }
    return Trial.of(rules.toString());
  }

  private static String event(long number, String label, boolean on, String rest) {
    return "{\"k\":\"v\",\"at\":%d,\"label\":\"%s\",\"on\":%s,\"x\":%d.0%s}"
        .formatted(number * 100, label, on, number, rest);
  }

  private static String boxes(String track, String label) {
    return ",\"boxes\":[{\"track\":\"%s\",\"label\":\"%s\",\"x\":1.0,\"area\":[1,2,30,40]}]"
        .formatted(track, label);
  }

  /** Two events that pass, and 200,000 that do not. */
  @Test
  void aConditionThatIsNeverMetAgainKeepsNoEvents() {
    Trial trial =
        trial(
            "where on returns label within 2s",
            "where on returns label within 20 events",
            "where on consistent label within 2s",
            "where on consistent label within 20 events",
            "where on change x at most 0.5 per 1s",
            "where on transitions at most 3 within 2s",
            "where on transitions at most 3 within 20 events");
    trial.judge(event(0, "a", true, ""), event(1, "b", true, ""));
    for (int i = 2; i < 200_000; i++) {
      trial.judge(event(i, "c", false, ""));
    }
    assertThat(trial.key("v").history.size()).isLessThanOrEqualTo(5);
    assertThat(trial.judge.snapshot(trial.key("v")).length).isLessThan(2_000);
  }

  /** Nothing says that they are over, so that all of it stays in reach; few of it is kept. */
  @Test
  void eventsThatTellNothingAreThinnedOut() {
    Trial trial =
        trial(
            "where on returns label through at most 3 events",
            "each b in boxes identity b.track absent less than 20 events",
            "each b in boxes identity b.track present less than 1min",
            "each b in boxes identity b.track present less than 20 events",
            "each b in boxes identity overlap(b.area) >= 0.3 absent less than 20 events",
            "each b in boxes identity b.track consistent b.label within 20 events",
            "each b in boxes identity b.track transitions at most 3 within 20 events");
    trial.judge(event(0, "a", true, ",\"boxes\":[]"));
    trial.judge(event(1, "b", true, boxes("t", "car")));
    for (int i = 2; i < 20_000; i++) {
      trial.judge(event(i, "c", false, ""));
    }
    assertThat(trial.key("v").history.size()).isLessThanOrEqualTo(2 * History.MOST);
    assertThat(trial.judge.snapshot(trial.key("v")).length).isLessThan(500_000);
  }

  @Test
  void whatATimeHasPassedOverIsForgottenThoughNothingTellsWhatBecameOfIt() {
    Trial trial =
        trial(
            "each b in boxes identity b.track absent less than 20s",
            "each b in boxes identity b.track consistent b.label within 20s",
            "each b in boxes identity b.track transitions at most 3 within 20s",
            "each b in boxes identity b.track change b.x at most 0.5 per 1s");
    trial.judge(event(0, "b", true, boxes("t", "car")));
    trial.judge(event(1, "b", true, boxes("t", "van")));
    for (int i = 2; i < 3_000; i++) {
      trial.judge(event(i, "c", false, ""));
    }
    assertThat(trial.key("v").history.size()).isLessThanOrEqualTo(5);
  }

  @Test
  void aLongStretchKeepsItsEndsAndSomeBetweenAndSaysSo() {
    Trial trial = trial("where on returns label through at most 3 events");
    trial.judge(event(0, "a", true, ""), event(1, "b", true, ""));
    for (int i = 2; i < 20_000; i++) {
      trial.judge(event(i, "c", false, ""));
    }
    trial.judge(event(20_000, "b", true, ""), event(20_001, "a", true, ""));
    Violation found = trial.found("a").getFirst();
    assertThat(found.from()).isEqualTo(100_000_000L);
    assertThat(found.to()).isEqualTo(2_000_000_000_000L);
    assertThat(found.spanEvents()).hasSizeBetween(1_000, 2 * History.MOST);
    assertThat(found.truncated()).isTrue();
    assertThat(found.events().getFirst().fields()).contains("\"label\":\"a\"");
    assertThat(found.events().getLast().fields()).contains("\"label\":\"a\"");
    assertThat(found.events()).allSatisfy(event -> assertThat(event.fields()).contains("label"));
  }

  @Test
  void whatWasSeenLongBeforeIsStillCompared() {
    Trial trial = trial("where on change x at most 0.5 per 1s severity previous.x");
    trial.judge(event(7, "a", true, ""));
    for (int i = 8; i < 1_000; i++) {
      trial.judge(event(i, "c", false, ""));
    }
    trial.judge(event(1_000, "a", true, ""));
    Violation found = trial.found("a").getFirst();
    assertThat(found.severity()).isEqualTo(7);
    assertThat(found.from()).isEqualTo(700_000_000L);
    assertThat(found.truncated()).isFalse();
  }

  /** With boxes, so that identities are followed, of which one is gone for a while. */
  @Test
  void whoeverIsGoneDoesNotKeepWhatCameAfterwards() {
    Trial trial = trial("each b in boxes identity b.track change x at most 0.5 per 1s");
    trial.judge(event(7, "a", true, boxes("gone", "car")));
    for (int i = 8; i < 58; i++) {
      trial.judge(event(i, "a", true, boxes("there", "car")));
    }
    assertThat(trial.key("v").history.size()).isLessThanOrEqualTo(1 + History.NEAR + 16);
    int before = trial.found("a").size();
    trial.judge(event(58, "a", true, boxes("gone", "car")));
    assertThat(trial.found("a")).hasSize(before + 1);
    assertThat(trial.found("a").getLast().from()).isEqualTo(700_000_000L);
    assertThat(trial.found("a").getLast().truncated()).isFalse();
  }

  /** The state is stored and restored after each event. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "where on returns label through at most 3 events",
        "where on change x at most 0.5 per 1s",
        "where on transitions at most 1 within 1h",
      })
  void goesOnFromAStateWithHoles(String clauses) {
    Trial whole = trial(clauses);
    Trial stored = trial(clauses);
    for (int i = 0; i < 9_000; i++) {
      String event = event(i, i % 3000 < 10 ? "a" : "b", i % 1500 == 3, "");
      whole.judge(event);
      stored.judge(event);
      if (i % 100 == 0) {
        stored.storeOnce();
      }
    }
    assertThat(whole.violations).isNotEmpty();
    assertThat(stored.violations).isEqualTo(whole.violations);
    assertThat(stored.counts).isEqualTo(whole.counts);
  }
}
