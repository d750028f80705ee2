package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Streams whose fields change while states are stored: what rules say that read none of these is
 * the same as where nothing changes, whatever waits, is buffered or remembered at the time.
 */
class ChangedFieldsTest {
  private static final String RULES =
      """
      language 1
      stream camera from topic "c" {
        key vehicle string
        time at timestamp(millis)
        lateness 300ms
        release string
        take int
        speed double?
        spare int?
        boxes list { track string  label string?  score ratio  area rect }
      }
      stream lidar from topic "l" {
        key vehicle string
        time at timestamp(millis)
        lateness 200ms
        range double?
        boxes list { area rect  distance double }
      }
      assertion gone on camera {
        each b in boxes where b.score >= 0.5 identity b.track absent less than 500ms
      }
      assertion lost on camera {
        each b in boxes identity overlap(b.area) >= 0.3 absent less than 4 events
      }
      assertion slow on camera { change speed at most 20.0 per 1s }
      assertion fast on camera { expect speed < 9.0 }
      assertion stable on camera {
        compare release by take within 20s
        expect abs(old.speed - new.speed) < 3.0
      }
      assertion agree on camera {
        join lidar within 50ms
        match c in camera.boxes, l in lidar.boxes where iou(c.area, l.area) > 0
        unmatched c where c.score >= 0.5
        unmatched l where l.distance <= 40.0
      }
      """;

  private static final List<CheckedRules> ALL =
      List.of(
              RULES,
              RULES.replace("release string", "added int?\nrelease string"),
              RULES.replace("spare int?", ""),
              RULES.replace("spare int?", "spare string?"),
              RULES.replace("speed double?", "speed double? private"),
              RULES.replace("track string ", "lane { left int? right string? } track string "),
              RULES.replace("label string? ", ""),
              RULES.replace("score ratio ", "").replace("area rect }", "area rect  score ratio }"),
              RULES.replace("range double?", "names list { name string?  more int? }"))
          .stream()
          .map(WindowTrial::rules)
          .toList();

  private record Line(long arrives, String stream, String text) {}

  private final List<String> found = new ArrayList<>();
  private final Map<String, Long> counts = new HashMap<>();
  private final Map<Long, byte[]> told = new HashMap<>();

  /** By which rules the key is judged at the moment. */
  private GroupJudge judge = judge(ALL.getFirst());

  private GroupState state = judge.newKey("v");

  private static GroupJudge judge(CheckedRules rules) {
    return GroupJudge.of(rules, rules.streams(), "default");
  }

  private static List<Line> lines(long seed) {
    Random random = new Random(seed);
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      long at = i * 100L;
      lines.add(new Line(at + random.nextInt(280), "camera", camera(random, at, i)));
      if (random.nextInt(4) > 0) {
        long near = at + random.nextInt(60);
        lines.add(new Line(near + random.nextInt(180), "lidar", lidar(random, near)));
      }
    }
    lines.sort((a, b) -> Long.compare(a.arrives(), b.arrives()));
    return lines;
  }

  private static String camera(Random random, long at, int number) {
    List<String> boxes = new ArrayList<>();
    for (int track = 0; track < 3; track++) {
      if (random.nextInt(4) > 0) {
        boxes.add(
            "{\"track\":\"t%d\",\"label\":\"car\",\"score\":0.%d,\"area\":[%d,%d,40,30]}"
                .formatted(track, random.nextInt(3, 10), track * 60 + number, track * 20));
      }
    }
    return "{\"vehicle\":\"v\",\"at\":%d,\"release\":\"%d\",\"take\":%d,\"speed\":%d,\"spare\":%s,\"boxes\":[%s]}"
        .formatted(
            at,
            number % 2,
            number / 2,
            random.nextInt(10),
            random.nextInt(3) == 0 ? "5" : "null",
            String.join(",", boxes));
  }

  private static String lidar(Random random, long at) {
    return "{\"vehicle\":\"v\",\"at\":%d,\"range\":3,\"boxes\":[{\"area\":[%d,0,40,30],\"distance\":%d}]}"
        .formatted(at, at / 100 + random.nextInt(60), random.nextInt(60));
  }

  private void go(CheckedRules rules) {
    byte[] stored = judge.snapshot(state);
    told.putAll(judge.fields());
    judge = judge(rules);
    told.values().forEach(judge::learn);
    state = judge.restore("v", stored);
    assertThat(state.isCut()).isFalse();
  }

  private void judge(Line line, long offset) {
    StreamType stream =
        judge.streams().stream().filter(s -> s.name().equals(line.stream())).findFirst().get();
    Decoded decoded =
        EventDecoder.of(stream, judge.reads(stream))
            .decode(
                line.text().getBytes(StandardCharsets.UTF_8),
                null,
                new Coordinates(line.stream(), 0, offset),
                line.arrives() * 1_000_000L);
    if (decoded instanceof Decoded.Readable(var event)) {
      judge.judge(state, event, new All());
    }
  }

  private ChangedFieldsTest play(long seed, boolean changing) {
    Random random = new Random(seed);
    List<Line> lines = lines(seed);
    for (int i = 0; i < lines.size(); i++) {
      if (changing && random.nextInt(6) == 0) {
        go(ALL.get(random.nextInt(ALL.size())));
      }
      judge(lines.get(i), i);
    }
    judge.finish(state, new All());
    return this;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void allIsFoundThatIsFoundWhereNothingChanges(long seed) {
    ChangedFieldsTest same = new ChangedFieldsTest().play(seed, false);
    ChangedFieldsTest changing = new ChangedFieldsTest().play(seed, true);
    assertThat(same.found)
        .extracting(text -> text.substring(0, text.indexOf(' ')))
        .contains("gone", "lost", "slow", "fast", "stable", "agree");
    assertThat(changing.found).isEqualTo(same.found);
    assertThat(changing.counts).isEqualTo(same.counts);
  }

  private final class All implements Verdicts {
    @Override
    public void violation(Violation violation) {
      if (!violation.assertion().equals("schema")) {
        found.add(
            "%s %s %d %s"
                .formatted(
                    violation.assertion(),
                    violation.id(),
                    violation.at(),
                    violation.events().stream().map(e -> e.role() + ' ' + e.id()).toList()));
      }
    }

    @Override
    public void count(String assertion, String expectation, Tally tally, long minute, long by) {
      if (!assertion.equals("schema")) {
        counts.merge(assertion + " " + expectation + " " + tally, by, Long::sum);
      }
    }

    @Override
    public void late(Event event, LateReason reason) {
      throw new AssertionError(reason + " " + event);
    }

    @Override
    public void duplicate(Event event) {
      throw new AssertionError(event);
    }

    @Override
    public void error(String assertion, String message) {
      throw new AssertionError(assertion + ": " + message);
    }
  }
}
