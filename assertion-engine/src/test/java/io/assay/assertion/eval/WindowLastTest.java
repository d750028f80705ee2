package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code last N events} and {@code last D}: judged after every event. */
class WindowLastTest {
  private record Seen(long at, String region, double score) {
    String fields() {
      return "\"region\":\"%s\",\"score\":%s".formatted(region, score);
    }
  }

  private static List<Seen> events(Random random, int count) {
    List<Seen> events = new ArrayList<>();
    long at = 0;
    for (int i = 0; i < count; i++) {
      at += 1 + random.nextInt(3_000);
      events.add(new Seen(at, "r" + random.nextInt(3), random.nextGaussian()));
    }
    return events;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everyEventIsJudgedWithTheEventsOfItsSegmentBeforeIt(long seed) {
    Random random = new Random(seed);
    List<Seen> events = events(random, 400);
    int most = 1 + random.nextInt(150);
    long within = 1L + random.nextInt(60_000);
    holds("last " + most + " events", events, (behind, gap) -> behind < most);
    holds("last " + within + "ms", events, (behind, gap) -> gap < within);
  }

  /** {@code isIn}: by how many events of the segment and by how much time one is behind another. */
  private static void holds(String window, List<Seen> events, BiPredicate<Long, Long> isIn) {
    WindowTrial trial =
        WindowTrial.of(
            "assertion every on loans { by region window %s expect mean(score) + max(score) < -9.0 }"
                .formatted(window));
    events.forEach(event -> trial.event(event.at(), event.fields()));
    trial.finish();
    assertThat(trial.violations).hasSize(events.size());
    assertThat(trial.violations).extracting(Violation::id).doesNotHaveDuplicates();
    for (int i = 0; i < events.size(); i++) {
      Seen now = events.get(i);
      List<Seen> own =
          events.subList(0, i + 1).stream()
              .filter(one -> one.region().equals(now.region()))
              .toList()
              .reversed();
      List<Seen> in = new ArrayList<>();
      for (Seen one : own) {
        if (isIn.test((long) own.indexOf(one), now.at() - one.at())) {
          in.add(one);
        }
      }
      assertThat(trial.value(i, "count")).isEqualTo(Integer.toString(in.size()));
      assertThat(trial.number(i, "mean(loans.score)"))
          .isCloseTo(in.stream().mapToDouble(Seen::score).average().orElseThrow(), within(1e-12));
      assertThat(trial.number(i, "max(loans.score)"))
          .isEqualTo(in.stream().mapToDouble(Seen::score).max().orElseThrow());
      assertThat(trial.violations.get(i).to()).isEqualTo(now.at() * 1_000_000);
      assertThat(trial.violations.get(i).from())
          .isEqualTo(1_000_000 * in.stream().mapToLong(Seen::at).min().orElseThrow());
    }
  }

  @Test
  void anEventWaitsForThoseThatMayComeBeforeIt() {
    WindowTrial trial =
        WindowTrial.of("assertion some on loans { window last 2 events expect sum(score) < 5.0 }");
    trial.event(20_000, "\"score\":2.0").event(11_000, "\"score\":3.5");
    assertThat(trial.violations).isEmpty();
    trial.event(30_001, "\"score\":1.0");
    assertThat(trial.violations).extracting(Violation::to).containsExactly(20_000_000_000L);
    trial.event(19_000, "\"score\":9.0");
    assertThat(trial.count(Tally.LATE)).isEqualTo(1);
  }

  @Test
  void violatedEventsInARowAreOneEpisode() {
    WindowTrial trial =
        WindowTrial.of("assertion some on loans { window last 3 events expect max(score) < 1.0 }");
    for (int i = 0; i < 9; i++) {
      trial.event(i, "\"score\":" + (i == 2 ? 2 : 0));
    }
    trial.finish();
    assertThat(trial.violations).hasSize(3);
    assertThat(trial.violations)
        .extracting(Violation::episode)
        .containsOnly(trial.violations.getFirst().id());
  }

  @Test
  void fewerThanAtLeastIsUndecidedAtEachEvent() {
    WindowTrial trial =
        WindowTrial.of(
            "assertion some on loans { window last 5 events at least 3 events"
                + " expect max(score) < 1.0 }");
    for (int i = 0; i < 4; i++) {
      trial.event(i, "\"score\":2.0");
    }
    trial.finish();
    assertThat(trial.reasons)
        .containsExactly("needs at least 3 events, got 1", "needs at least 3 events, got 2");
    assertThat(trial.violations).hasSize(2);
  }

  @Test
  void ofALongTimeOnlySoManyAreKept() {
    WindowTrial trial =
        WindowTrial.of("assertion some on loans { window last 1h expect count(true) < 9999999 }");
    int most = io.assay.assertion.rule.ir.Window.Last.MOST_EVENTS;
    for (int i = 0; i <= most; i++) {
      trial.count(0, 1, "");
    }
    trial.handOn(0, 1).event(3_700_000, "").finish();
    assertThat(trial.reasons)
        .containsExactly(
            "events were dropped: a window keeps at most 10000 of a segment, an assertion 1000000");
    assertThat(trial.count(Tally.HELD)).isEqualTo(most + 1);
  }

  @Test
  void linesMayLookAtLastEventsBesideWindowsOfTime() {
    WindowTrial trial =
        WindowTrial.of(
            """
            assertion several on loans {
              expect short: count(true) < 2 over last 2 events
              expect long:  count(true) < 2 over tumbling 1h
            }
            """);
    trial.event(0, "").event(1, "").event(2, "").event(2 * WindowTrial.HOUR, "").finish();
    assertThat(trial.violations)
        .extracting(v -> v.expectation() + " " + v.to() / 1_000_000)
        .containsExactly("short 1", "short 2", "long 3600000", "short 7200000");
    assertThat(trial.violations).isSortedAccordingTo(Comparator.comparingLong(Violation::to));
  }
}
