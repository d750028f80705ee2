package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.event.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What several tasks tell of a stream, put together, is judged as all of its events are. */
class OverStreamTest {
  private static final String RULES =
      """
      language 1
      stream s from topic "t" { key k string time at timestamp(millis) lateness 300ms n int? }
      assertion calm on s { where n > 0 silence at most 500ms over stream severity n }
      assertion quiet on s { silence at most 900ms over stream }
      """;

  private static final long SLACK = 2_000_000_000L;

  private record Sent(int lane, long at, long received, String text) {}

  private static List<Sent> events(Random random, int lanes) {
    List<Sent> events = new ArrayList<>();
    long now = 1_000_000;
    for (int i = 0; i < 800; i++) {
      now += random.nextInt(12) == 0 ? random.nextInt(1_500) : random.nextInt(60);
      int lane = random.nextInt(lanes);
      long at = now - random.nextInt(250);
      String n = random.nextInt(20) == 0 ? "null" : Integer.toString(random.nextInt(4));
      String text = "{\"k\":\"k%d\",\"at\":%d,\"n\":%s}".formatted(lane, at, n);
      events.add(new Sent(lane, at, now, text));
    }
    return events;
  }

  private static Trial whole(List<Sent> events) {
    Trial trial = Trial.of(RULES);
    OverStream whole = OverStream.of(trial.rules, trial.stream, "default").orElseThrow();
    events.forEach(sent -> whole.judge(event(trial, sent), trial));
    return trial;
  }

  private static Event event(Trial trial, Sent sent) {
    return trial.event(sent.text(), sent.received() * 1_000_000);
  }

  /** One lane of a task, and what it has to tell. */
  private static final class Lane {
    private final Beats beats;
    private final List<Event> told = new ArrayList<>();
    private long reached = Long.MIN_VALUE;

    private Lane(Beats beats) {
      this.beats = beats;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void findsTheSameSilences(long seed) {
    var random = new Random(seed);
    int lanes = 1 + random.nextInt(4);
    List<Sent> events = events(random, lanes);
    Trial expected = whole(events);
    assertThat(expected.violations.size()).isGreaterThan(20);

    Trial trial = Trial.of(RULES);
    OverStream judge = OverStream.of(trial.rules, trial.stream, "default").orElseThrow();
    OverStream.Merged merged = judge.newMerged();
    judge.expectOnly(merged, lanes, 1_000_000_000_000L);
    Map<Integer, Lane> all = new TreeMap<>();
    for (int i = 0; i < lanes; i++) {
      all.put(i, new Lane(judge.newBeats()));
    }
    int toldInAll = 0;
    for (Sent sent : events) {
      Lane lane = Objects.requireNonNull(all.get(sent.lane()));
      Event event = event(trial, sent);
      lane.told.addAll(lane.beats.add(event, left -> judge.followed(left, trial)));
      lane.reached = Math.max(lane.reached, event.at());
      if (random.nextInt(15) == 0) {
        for (Map.Entry<Integer, Lane> each : all.entrySet()) {
          toldInAll += tell(judge, merged, each.getKey(), each.getValue(), sent.received(), trial);
        }
        merged = judge.restore(judge.snapshot(merged));
      }
    }
    // Twice: the first time the last events are told, the second time none comes behind them.
    for (long later : new long[] {0, 60_000}) {
      long end = events.getLast().received() + later;
      for (Map.Entry<Integer, Lane> each : all.entrySet()) {
        toldInAll += tell(judge, merged, each.getKey(), each.getValue(), end, trial);
      }
    }
    assertThat(toldInAll).isLessThan(events.size());
    // How it ends, a recording does not tell.
    long known = (events.getLast().at() - 3_000) * 1_000_000;
    assertThat(texts(trial, known)).isEqualTo(texts(expected, known));
    assertThat(texts(trial, Long.MAX_VALUE)).containsAll(texts(expected, Long.MAX_VALUE));
    assertThat(trial.count("quiet", Tally.SEEN)).isEqualTo(events.size());
    assertThat(trial.count("quiet", Tally.JUDGED)).isEqualTo(events.size());
    assertThat(trial.late).isEmpty();
  }

  private static int tell(
      OverStream judge, OverStream.Merged merged, int number, Lane lane, long received, Trial out) {
    lane.beats.tell().ifPresent(lane.told::add);
    List<Event> told = List.copyOf(lane.told);
    lane.told.clear();
    judge.take(merged, number, told, lane.reached, received * 1_000_000, SLACK, out);
    return told.size();
  }

  private static List<String> texts(Trial trial, long until) {
    return trial.violations.stream()
        .filter(violation -> violation.at() <= until)
        .sorted(Comparator.comparingLong(Violation::at))
        .map(violation -> violation.toString().replaceAll("Coordinates\\[[^]]*]", ""))
        .toList();
  }

  @Test
  void aLaneThatNobodyReadsMakesNothingSilent() {
    Trial trial = Trial.of(RULES);
    OverStream judge = OverStream.of(trial.rules, trial.stream, "default").orElseThrow();
    OverStream.Merged merged = judge.newMerged();
    judge.expectOnly(merged, 2, 0);
    Event event = trial.event("{\"k\":\"a\",\"at\":1000,\"n\":1}", 1_000_000_000L);
    judge.take(merged, 0, List.of(event), event.at(), 1_000_000_000L, SLACK, trial);
    judge.take(merged, 0, List.of(), event.at(), 9_000_000_000L, SLACK, trial);
    assertThat(trial.violations).isEmpty();
    judge.take(merged, 1, List.of(), Long.MIN_VALUE, 9_000_000_000L, SLACK, trial);
    assertThat(trial.violations)
        .extracting(Violation::assertion)
        .containsExactlyInAnyOrder("calm", "quiet");
    assertThat(Optional.of(trial.violations.getFirst().key())).contains("");
  }
}
