package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LateEventsTest {
  private static final String RULES =
      """
      stream s from topic "t" {
        id n
        key k string
        time at timestamp(millis)
        lateness 1s
        xs list { name string }
      }
      assertion flicker on s {
        each x in xs
        identity x.name
        absent less than 5 events
        severity events
      }
      """;

  private static String event(int number, long at, String... names) {
    List<String> xs = new ArrayList<>();
    for (String name : names) {
      xs.add("{\"name\":\"" + name + "\"}");
    }
    return "{\"n\":\"e%d\",\"k\":\"a\",\"at\":%d,\"xs\":[%s]}"
        .formatted(number, at, String.join(",", xs));
  }

  @Test
  void putsEventsInOrderWithinTheLateness() {
    Trial trial = Trial.of(RULES);
    trial.judge(event(1, 0, "a"), event(3, 200, "a"), event(2, 100));
    assertThat(trial.violations).isEmpty();
    trial.judge(event(4, 1200));
    assertThat(trial.violations).extracting(Violation::at).containsExactly(200_000_000L);
    assertThat(trial.late).isEmpty();
  }

  @Test
  void passesWhatComesLaterStillToLate() {
    Trial trial = Trial.of(RULES).judge(event(1, 5000), event(2, 4000), event(3, 3999)).finish();
    assertThat(trial.late).containsExactly("LATE 3999");
    assertThat(trial.count("flicker", Tally.LATE)).isEqualTo(1);
    assertThat(trial.count("flicker", Tally.SEEN)).isEqualTo(2);
  }

  @Test
  void judgesInstantsInOrderOfArrivalWithoutLateness() {
    Trial trial =
        Trial.of(Frames.STREAM)
            .judge(Frames.frame(100), Frames.frame(100), Frames.frame(99), Frames.frame(101));
    assertThat(trial.late).containsExactly("LATE 99");
    assertThat(trial.count("schema", Tally.SEEN)).isEqualTo(3);
  }

  @Test
  void believesNoEventFromTheFuture() {
    Trial trial = Trial.of(RULES);
    trial.judgeReceived(0, event(1, 0, "a"));
    trial.judgeReceived(100, event(2, 3650L * 24 * 3600 * 1000));
    trial.judgeReceived(100, event(3, 100 + 5 * 60 * 1000));
    assertThat(trial.late).containsExactly("FUTURE 315360000000");
    trial.finish();
    assertThat(trial.count("flicker", Tally.SEEN)).isEqualTo(2);
  }

  @Test
  void dropsARepeatedId() {
    Trial trial = Trial.of(RULES);
    trial.judge(event(1, 0), event(2, 100), event(1, 0), event(1, 700)).finish();
    assertThat(trial.duplicates).isEqualTo(2);
    assertThat(trial.count("flicker", Tally.SEEN)).isEqualTo(2);
  }

  @Test
  void forgetsIdsAfterTenMinutes() {
    Trial trial = Trial.of(RULES);
    trial.judge(event(1, 0), event(2, 600_001), event(1, 600_002)).finish();
    assertThat(trial.duplicates).isZero();
    trial.judge(event(1, 1_200_003)).finish();
    assertThat(trial.duplicates).isZero();
  }

  @Test
  void boundsTheMemoryOfIds() {
    RecentIds ids = new RecentIds();
    for (int i = 0; i < 3 * RecentIds.MOST; i++) {
      ids.add(i * 31L, i);
    }
    assertThat(ids.size()).isEqualTo(RecentIds.MOST);
    assertThat(ids.contains((3L * RecentIds.MOST - 1) * 31)).isTrue();
    assertThat(ids.contains(0)).isFalse();
  }

  @Test
  void releasesWhatWaitsWhenTimePasses() {
    Trial trial = Trial.of(RULES).judge(event(1, 0, "a"), event(2, 100), event(3, 200, "a"));
    assertThat(trial.violations).isEmpty();
    trial.judge.tick(trial.key("a"), 1_200_000_000L, trial);
    assertThat(trial.violations).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void givesTheSameVerdictsInAnyOrderWithinTheLateness(long seed) {
    Random random = new Random(seed);
    List<String> events = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      List<String> names = new ArrayList<>();
      for (String name : List.of("a", "b", "c")) {
        if (random.nextInt(3) > 0) {
          names.add(name);
        }
      }
      // pairs of events share an instant
      events.add(event(i, 1000 + i / 2 * 100L, names.toArray(new String[0])));
    }
    List<Violation> inOrder = judged(events);
    List<String> shuffled = new ArrayList<>(events);
    for (int start = 0; start < shuffled.size(); start += 20) {
      // 20 events are 1 s: within the lateness whatever the order
      Collections.shuffle(shuffled.subList(start, Math.min(start + 20, shuffled.size())), random);
    }
    assertThat(inOrder).isNotEmpty();
    assertThat(judged(shuffled).stream().map(LateEventsTest::withoutSources).toList())
        .isEqualTo(inOrder.stream().map(LateEventsTest::withoutSources).toList());
  }

  private static List<Violation> judged(List<String> events) {
    Trial trial = Trial.of(RULES).judge(events.toArray(new String[0])).finish();
    assertThat(trial.late).isEmpty();
    return trial.violations;
  }

  /** All but provenance. */
  private static String withoutSources(Violation violation) {
    return violation.toString().replaceAll("Coordinates\\[[^]]*]", "");
  }
}
