package io.assay.assertion.eval;

import static io.assay.assertion.eval.WindowTrial.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What windows keep is bounded; what is beyond is undecided, and the windows after it are not. */
class WindowBoundsTest {
  @Test
  void tensOfThousandsOfSegmentsAreJudgedAndMoreThanTheMostAreNot() {
    WindowTrial trial =
        WindowTrial.of(
            "assertion high on loans { by age window tumbling 1h expect mean(score) < 0.5 }");
    hour(trial, 0, 50_000);
    hour(trial, 1, Panes.MOST_SEGMENTS + 1);
    hour(trial, 2, 7);
    trial.event(4 * HOUR, "");
    assertThat(trial.violations.stream().filter(v -> v.from() == 0)).hasSize(50_000);
    assertThat(trial.violations).hasSize(50_007);
    assertThat(trial.reasons)
        .containsExactly("there are too many segments: a window keeps at most 100,000, and 128 MB");
    assertThat(trial.errors).isEmpty();
  }

  private static void hour(WindowTrial trial, int hour, int segments) {
    for (int i = 0; i < segments; i++) {
      trial.count(0, hour * HOUR, "\"score\":0.9,\"age\":" + i);
    }
    trial.handOn(0, 1);
  }

  /** Each part has fewer than the most; whoever merges them goes on, and says so once. */
  @Test
  void openSessionsOfAllPartsTogetherAreAnErrorAndNothingIsKept() {
    WindowTrial trial =
        WindowTrial.of(
            "assertion busy on loans { by age window session 1h expect mean(score) < 0.5 }");
    for (int i = 0; i <= Panes.MOST_SEGMENTS; i++) {
      trial.count(i % 2, 0, "\"score\":0.9,\"age\":" + i);
    }
    trial.handOn(0, 1).handOn(1, 1);
    trial.event(HOUR, "\"score\":0.9,\"age\":1").event(4 * HOUR, "");
    assertThat(trial.errors)
        .containsExactly(
            "IllegalStateException in a window:"
                + " a window needs at most 100000 segments, got more");
    assertThat(trial.violations).isEmpty();
    assertThat(trial.stored()).isLessThan(1_000);
  }

  @Test
  void whatHadTooManyIsNoBaseline() {
    WindowTrial trial =
        WindowTrial.of(
            "assertion moved on loans { by age window tumbling 1h"
                + " expect psi(score, baseline(last 1h)) < 0.0 }");
    hour(trial, 0, Panes.MOST_SEGMENTS + 1);
    hour(trial, 1, 1);
    hour(trial, 2, 1);
    trial.event(4 * HOUR, "");
    assertThat(trial.reasons)
        .containsExactly(
            "there are too many segments: a window keeps at most 100,000, and 128 MB",
            "there are too many segments: a window keeps at most 100,000, and 128 MB");
    assertThat(trial.violations).extracting(Violation::from).containsExactly(2 * HOUR * 1_000_000);
  }

  /** Ten statistics of 2,048 numbers need 1.3 MB a segment; a pane of two has room for 51. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noOrderDecidesWhatIsTooMuch(long seed) {
    String rule =
        IntStream.rangeClosed(1, 10)
            .mapToObj(hours -> "psi(score, baseline(last %dh))".formatted(hours))
            .collect(Collectors.joining(" + ", "by age window tumbling 1h expect ", " < 0.0"));
    WindowTrial trial = WindowTrial.of("assertion moved on loans { " + rule + " }");
    Random random = new Random(seed);
    shuffled(trial, random, 0, 51);
    shuffled(trial, random, 1, 52);
    trial.count(0, 3 * HOUR, "").count(1, 3 * HOUR, "").handOn(0, 1).handOn(1, 1);
    assertThat(trial.reasons.stream().filter(why -> why.startsWith("baseline"))).hasSize(51);
    assertThat(trial.reasons.stream().filter(why -> why.startsWith("there are too many")))
        .hasSize(1);
    assertThat(trial.errors).isEmpty();
  }

  private static void shuffled(WindowTrial trial, Random random, int hour, int segments) {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < segments * 2_048; i++) {
      events.add("\"score\":%s,\"age\":%d".formatted(random.nextDouble(), i % segments));
    }
    Collections.shuffle(events, random);
    for (String event : events) {
      trial.count(random.nextInt(2), hour * HOUR, event);
      if (random.nextInt(20_000) == 0) {
        trial.handOn(random.nextInt(2), 1);
      }
    }
    trial.handOn(0, 1).handOn(1, 1);
  }

  @Test
  void whatIsKeptForLaterWindowsIsPacked() {
    WindowTrial trial =
        WindowTrial.of(
            "assertion moved on loans { window tumbling 1h"
                + " expect psi(score, baseline(last 9h)) < 0.0 }");
    Random random = new Random(1);
    for (int hour = 0; hour < 12; hour++) {
      for (int i = 0; i < 3_000; i++) {
        trial.count(0, hour * HOUR, "\"score\":" + random.nextDouble());
      }
      trial.handOn(0, 1);
    }
    trial.event(12 * HOUR + 10_000, "\"score\":0.5");
    assertThat(trial.violations).hasSize(3);
    assertThat(trial.stored()).isLessThan(10 * 20_000);
    trial.restore();
    trial.event(13 * HOUR + 10_000, "");
    assertThat(trial.violations).hasSize(4);
  }
}
