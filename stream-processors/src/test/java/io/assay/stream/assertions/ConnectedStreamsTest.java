package io.assay.stream.assertions;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.Backtest;
import io.assay.assertion.scenario.Extent;
import io.assay.assertion.scenario.Recording;
import io.assay.stream.contract.CountRecord;
import io.assay.stream.contract.TickRecord;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that a join connects, and time that passes without events. */
class ConnectedStreamsTest {
  private static final CheckedRules RULES =
      rules(
          """
          language 1
          stream camera from topic "c" { key v string time at timestamp(millis) seen int }
          stream lidar from topic "l" {
            key v string time at timestamp(millis) lateness 100ms seen int
          }
          assertion as_many on camera {
            join lidar within 50ms
            expect camera.seen == lidar.seen
          }
          assertion alive on lidar { silence at most 500ms }
          assertion few on lidar { expect seen < 10 }
          """);

  @TempDir private Path folder;

  private static CheckedRules rules(String text) {
    return new RuleCompiler()
        .compile(List.of(new SourceFile("rules.assay", text)), Map.of())
        .rules()
        .orElseThrow();
  }

  private static StreamType stream(String name) {
    return RULES.stream(name).orElseThrow();
  }

  private static String event(long at, int seen) {
    return "{\"v\":\"v1\",\"at\":%d,\"seen\":%d}".formatted(Camera.START_MILLIS + at, seen);
  }

  private TopologyRun run(boolean keyed) {
    return new TopologyRun(RULES, RULES.streams(), keyed, folder);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void areJudgedTogetherKeyByKey(boolean keyed) {
    try (TopologyRun run = run(keyed)) {
      for (int at = 0; at < 500; at += 100) {
        run.send(stream("camera"), at, event(at, at == 200 ? 7 : 1));
        run.send(stream("lidar"), at, event(at + 10, at == 300 ? 12 : 1));
      }
      run.send(stream("lidar"), 500, event(700, 1));
      assertThat(run.violations())
          .extracting(violation -> violation.assertion() + ' ' + violation.at() / 1_000_000 % 1000)
          .containsExactlyInAnyOrder("as_many 200", "as_many 300", "few 310");
      Map<String, CountRecord> counts = run.counts();
      assertThat(counts.values())
          .filteredOn(count -> count.assertion().equals("schema"))
          .extracting(count -> count.stream() + ' ' + count.seen())
          .containsExactlyInAnyOrder("camera 5", "lidar 5");
      assertThat(counts.values())
          .filteredOn(count -> count.assertion().equals("as_many") && count.expectation().isEmpty())
          .singleElement()
          .satisfies(count -> assertThat(count.stream()).isEqualTo("camera"));
    }
  }

  /** All but where it was read. */
  private static String canonical(Violation violation) {
    return violation.toString().replaceAll("Coordinates\\[[^]]*]", "");
  }

  /** Sent by turns in the order of arrival, some out of order within their lateness. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void giveTheSameBytesAsABacktest(long seed) {
    var random = new Random(seed);
    var lines = new LinkedHashMap<StreamType, StringBuilder>();
    RULES.streams().forEach(stream -> lines.put(stream, new StringBuilder()));
    List<String> live;
    try (TopologyRun run = run(true)) {
      for (int frame = 0; frame < 200; frame++) {
        long now = frame * 100L + (frame / 50) * 2_000L;
        for (StreamType stream : RULES.streams()) {
          long delay = stream.name().equals("lidar") ? random.nextInt(90) : 0;
          String event = event(now - delay, random.nextInt(12));
          if (random.nextInt(10) > 0) {
            run.send(stream, now, event);
            Objects.requireNonNull(lines.get(stream)).append(event).append('\n');
          }
        }
      }
      live = run.violations().stream().map(ConnectedStreamsTest::canonical).sorted().toList();
      assertThat(run.late()).isEmpty();
    }
    List<String> found = new ArrayList<>();
    Backtest.run(
        RULES,
        TopologyRun.PROJECT,
        lines.entrySet().stream()
            .map(
                each ->
                    Recording.ofLines(
                        each.getKey(),
                        each.getKey().name(),
                        new ByteArrayInputStream(
                            each.getValue().toString().getBytes(StandardCharsets.UTF_8))))
            .toList(),
        Extent.ALL,
        new Backtest.Listener() {
          @Override
          public void violation(Violation violation) {
            found.add(canonical(violation));
          }

          @Override
          public void unreadable(String place, String cause, String detail) {
            throw new AssertionError(place + ' ' + cause + ' ' + detail);
          }

          @Override
          public void progress(long events) {}
        });
    Collections.sort(found);
    // the last events wait for others, live
    assertThat(found).containsAll(live);
    assertThat(live.size()).isGreaterThan(100).isGreaterThanOrEqualTo(found.size() - 3);
    assertThat(live).anyMatch(text -> text.contains("assertion=alive"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSilenceIsToldWhileNothingComes(boolean keyed) {
    try (TopologyRun run = run(keyed)) {
      run.send(stream("lidar"), 0, event(0, 1));
      run.send(stream("camera"), 0, event(0, 1));
      run.idle(2);
      assertThat(run.violations()).isEmpty();
      run.idle(3);
      assertThat(run.violations())
          .singleElement()
          .satisfies(
              violation -> {
                assertThat(violation.assertion()).isEqualTo("alive");
                assertThat(violation.at()).isEqualTo((Camera.START_MILLIS + 500) * 1_000_000);
              });
      assertThat(run.ticks()).extracting(TickRecord::stream).contains("lidar");
      run.idle(5);
      assertThat(run.violations()).isEmpty();
      assertThat(run.figuresOf("lidar").ticks()).isPositive();
    }
  }

  @Test
  void theNextEventTellsTheSameAsTimeThatPasses() {
    List<Violation> ticked;
    List<Violation> told;
    try (TopologyRun run = run(false)) {
      run.send(stream("lidar"), 0, event(0, 1));
      run.idle(5);
      ticked = run.violations();
      run.send(stream("lidar"), 6000, event(6000, 1));
      run.send(stream("lidar"), 6150, event(6150, 1));
      assertThat(run.violations()).isEmpty();
      assertThat(run.late()).isEmpty();
    }
    try (TopologyRun run = new TopologyRun(RULES, RULES.streams(), false, folder.resolve("b"))) {
      run.send(stream("lidar"), 0, event(0, 1));
      run.send(stream("lidar"), 6000, event(6000, 1));
      run.send(stream("lidar"), 6150, event(6150, 1));
      told = run.violations();
    }
    assertThat(told).isEqualTo(ticked).hasSize(1);
  }

  @Test
  void anEventWithoutAPartnerIsUndecidedWhenItsStreamIsSilent() {
    try (TopologyRun run = run(false)) {
      run.send(stream("camera"), 0, event(0, 1));
      run.idle(5);
      assertThat(run.counts().values())
          .filteredOn(count -> count.assertion().equals("as_many") && count.undecided() > 0)
          .hasSize(1);
      // the partner comes far too late: it is judged by its own stream's rules alone
      run.send(stream("lidar"), 5000, event(0, 12));
      run.send(stream("lidar"), 9000, event(5000, 1));
      run.send(stream("lidar"), 9200, event(5200, 1));
      assertThat(run.violations()).extracting(Violation::assertion).containsExactly("few", "alive");
    }
  }

  @Test
  void whatSpeaksAgainstAVerdictIsLateAndWhatComesAfterIsJudged() {
    try (TopologyRun run = run(false)) {
      run.send(stream("lidar"), 0, event(0, 1));
      run.idle(5);
      assertThat(run.violations()).hasSize(1);
      run.send(stream("lidar"), 5000, event(300, 99));
      run.send(stream("lidar"), 5000, event(520, 99));
      run.send(stream("lidar"), 5000, event(700, 1));
      assertThat(run.late()).hasSize(1);
      assertThat(run.violations()).extracting(Violation::assertion).containsExactly("few");
    }
  }

  @Test
  void aStateThatCannotBeReadBeginsAnewAndIsCounted() {
    var other =
        rules(
            """
            language 1
            stream camera from topic "c" { key v string time at timestamp(millis) seen int }
            """);
    try (var run = new TopologyRun(other, other.streams(), true, folder)) {
      run.send(other.streams().getFirst(), 0, event(0, 1));
      run.damage("v1", new byte[] {99});
      run.send(other.streams().getFirst(), 100, event(100, 1));
      assertThat(run.figures.restarted()).isEqualTo(1);
      assertThat(run.figures.events()).isEqualTo(2);
    }
  }

  @Test
  void operatorsAreNamedByTheirStreams() {
    try (TopologyRun run = run(false)) {
      assertThat(run.description())
          .contains("read-camera", "take-key-lidar", "by-key-lidar-repartition", "decode-camera")
          .contains("judge", "[state]")
          .doesNotContain("KSTREAM-");
    }
  }
}
