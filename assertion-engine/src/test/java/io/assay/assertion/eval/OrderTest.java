package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Of connected streams that are late by up to their lateness: every order of arrival, a state
 * stored and restored anywhere, and time that passes give the same violations, to the last byte but
 * for where they were read.
 */
class OrderTest {
  private static final String RULES =
      """
      language 1
      stream camera from topic "c" {
        id n
        key v string
        time at timestamp(millis)
        lateness 1s
        size 1000 x 400
        boxes list { track string? label string score ratio area rect }
      }
      stream lidar from topic "l" {
        key v string
        time at timestamp(millis)
        lateness 400ms
        boxes list { score ratio area rect }
      }
      stream radar from topic "r" {
        key v string
        time at timestamp(millis)
        lateness 200ms
        boxes list { score ratio area rect }
      }
      assertion gone on camera { each b in boxes identity b.track absent less than 700ms }
      assertion lost on camera { each b in boxes identity overlap(b.area) >= 0.3
        absent less than 5 events severity events }
      assertion blink on camera { each b in boxes identity b.track present less than 4 events }
      assertion turns on camera { each b in boxes identity b.track
        returns b.label within 2s through at most 3 events }
      assertion restless on camera { each b in boxes identity b.track transitions at most 2 within 1s }
      assertion stable on camera { each b in boxes identity b.track consistent b.label within 2s }
      assertion jumpy on camera { each b in boxes identity b.track change b.score at most 0.5 per 1s }
      assertion sure on camera { each b in boxes where b.label != "van" expect b.score >= 0.3 }
      assertion alive on camera { silence at most 300ms severity silent / 1s }
      assertion heard on lidar { silence at most 600ms }
      assertion again on camera { when sure violated each b in boxes identity b.track
        change b.score at most 0.2 per 1s }
      assertion agree on camera {
        join lidar within 60ms
        match c in camera.boxes, l in lidar.boxes where iou(c.area, l.area) > 0
        unmatched c where c.score >= 0.2
        unmatched l
      }
      assertion one on camera {
        join lidar within 60ms
        match one c in camera.boxes, l in lidar.boxes where iou(c.area, l.area) > 0
        unmatched c
      }
      assertion fewer on camera {
        when agree violated
        join lidar as of at most 300ms old
        expect size(lidar.boxes) >= size(camera.boxes)
      }
      assertion seen on camera {
        join lidar, radar within 60ms
        match c in camera.boxes, l in lidar.boxes where iou(c.area, l.area) > 0
        present in at least 2 of 3
        severity size(unmatched)
      }
      """;

  /** All that the rules find; the street has some of each. */
  private static final List<String> ALL =
      List.of(
          "gone",
          "lost",
          "blink",
          "turns",
          "restless",
          "stable",
          "jumpy",
          "sure",
          "alive",
          "heard",
          "again",
          "agree",
          "one",
          "fewer",
          "seen");

  private record Line(long arrives, String text) {}

  private static List<Line> street(long seed, int frames) {
    Random random = new Random(seed);
    Random other = new Random(~seed);
    List<Line> lines = new ArrayList<>();
    long at = 10_000;
    for (int i = 0; i < frames; i++) {
      at += random.nextInt(12) == 0 ? 500 : 60 + random.nextInt(3) * 20;
      lines.add(new Line(at, camera(i, at, random)));
      if (random.nextInt(8) > 0) {
        long near = at + random.nextInt(140) - 70;
        lines.add(new Line(near, sensor("lidar", near, i, random)));
      }
      if (other.nextInt(20) > 0) {
        long near = at + other.nextInt(100) - 50;
        lines.add(new Line(near, sensor("radar", near, i, other)));
      }
    }
    return lines;
  }

  private static String camera(int number, long at, Random random) {
    return "camera %d {\"n\":\"e%d\",\"boxes\":[%s]}"
        .formatted(at, number, boxes(number, random, true));
  }

  private static String sensor(String stream, long at, int number, Random random) {
    return "%s %d {\"boxes\":[%s]}".formatted(stream, at, boxes(number, random, false));
  }

  private static final Map<String, Integer> LATENESS =
      Map.of("camera", 1000, "lidar", 400, "radar", 200);

  private static int delay(String line, Random random) {
    return random.nextInt(LATENESS.getOrDefault(line.substring(0, line.indexOf(' ')), 1));
  }

  private static String boxes(int number, Random random, boolean tracked) {
    List<String> boxes = new ArrayList<>();
    for (int track = 0; track < 4; track++) {
      if (random.nextInt(5) > 0) {
        String own =
            "\"track\":\"t%d\",\"label\":\"%s\","
                .formatted(track, random.nextInt(9) == 0 ? "van" : "car");
        boxes.add(
            "{%s\"score\":0.%d,\"area\":[%d,%d,40,30]}"
                .formatted(
                    tracked ? own : "",
                    random.nextInt(1, 10),
                    track * 150 + 2 * number,
                    track * 60));
      }
    }
    if (tracked && number % 10 == 5) {
      boxes.add(
          "{\"track\":\"b%d\",\"label\":\"car\",\"score\":0.9,\"area\":[900,300,40,30]}"
              .formatted(number));
    }
    return String.join(",", boxes);
  }

  /** Each line delayed by less than its stream's lateness. */
  private static List<String> shuffled(List<Line> lines, long seed) {
    Random random = new Random(seed);
    return lines.stream()
        .map(line -> new Line(line.arrives() + delay(line.text(), random), line.text()))
        .sorted(Comparator.comparingLong(Line::arrives))
        .map(Line::text)
        .toList();
  }

  static Stream<Long> seeds() {
    return Stream.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
  }

  private static GroupTrial judged(Collection<String> lines, boolean storing) {
    GroupTrial trial = GroupTrial.of(RULES, "v", "x");
    if (storing) {
      trial.storing();
    }
    trial.judge(lines.toArray(new String[0])).finish();
    assertThat(trial.errors).isEmpty();
    assertThat(trial.late).isEmpty();
    return trial;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyOrderWithinTheLatenessGivesTheSameViolations(long seed) {
    List<Line> lines = street(seed, 250);
    GroupTrial whole = judged(inOrder(lines), false);
    assertThat(whole.violations.stream().map(Violation::assertion)).containsAll(ALL);
    for (int i = 0; i < 4; i++) {
      GroupTrial other = judged(shuffled(lines, 100 * seed + i), false);
      assertThat(canonical(other)).isEqualTo(canonical(whole));
      assertThat(other.counts).isEqualTo(whole.counts);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aStateStoredAndRestoredAnywhereGivesTheSameViolations(long seed) {
    List<Line> lines = street(seed, 120);
    List<String> arrived = shuffled(lines, seed);
    GroupTrial whole = judged(arrived, false);
    GroupTrial stored = judged(arrived, true);
    assertThat(stored.violations).isEqualTo(whole.violations);
    assertThat(stored.counts).isEqualTo(whole.counts);
  }

  /** Ticks that are true: no event comes that speaks against them. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void timeThatPassesChangesNoViolation(long seed) {
    List<Line> lines = street(seed, 200);
    GroupTrial whole = judged(inOrder(lines), false);
    GroupTrial ticked = GroupTrial.of(RULES, "v", "x").storing();
    lines = lines.stream().sorted(Comparator.comparingLong(Line::arrives)).toList();
    for (int i = 0; i < lines.size(); i++) {
      ticked.judge(lines.get(i).text());
      // behind an event of each stream, up to the next of any
      long until = i + 1 < lines.size() ? lines.get(i + 1).arrives() : lines.get(i).arrives();
      ticked.passAll(until);
    }
    ticked.finish();
    assertThat(ticked.late).isEmpty();
    assertThat(ticked.ticks).isGreaterThan(100);
    assertThat(canonical(ticked)).isEqualTo(canonical(whole));
    assertThat(ticked.counts).isEqualTo(whole.counts);
  }

  private static List<String> inOrder(List<Line> lines) {
    return lines.stream().sorted(Comparator.comparingLong(Line::arrives)).map(Line::text).toList();
  }

  private static Collection<String> canonical(GroupTrial trial) {
    var all = new TreeSet<String>();
    trial.violations.forEach(
        violation -> all.add(violation.toString().replaceAll("Coordinates\\[[^]]*]", "")));
    assertThat(all).hasSameSizeAs(trial.violations);
    return all;
  }
}
