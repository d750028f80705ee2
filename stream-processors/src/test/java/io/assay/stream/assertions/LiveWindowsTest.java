package io.assay.stream.assertions;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.eval.GroupJudge;
import io.assay.assertion.eval.GroupState;
import io.assay.assertion.eval.OverStream;
import io.assay.assertion.eval.StreamJudge;
import io.assay.assertion.eval.Taken;
import io.assay.assertion.eval.WindowJudge;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.Backtest;
import io.assay.assertion.scenario.Extent;
import io.assay.assertion.scenario.Recording;
import io.assay.stream.contract.CountRecord;
import io.assay.stream.contract.PartialRecord;
import io.assay.stream.contract.Provenance;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows that tasks count by parts, and one place judges. */
class LiveWindowsTest {
  private static final CheckedRules RULES =
      new RuleCompiler()
          .compile(
              List.of(
                  new SourceFile(
                      "windows.assay",
                      """
                      language 1
                      stream loans from topic "loans" {
                        key applicant string
                        time at timestamp(millis)
                        lateness 5s
                        region string
                        score ratio
                      }
                      assertion high on loans {
                        by region
                        window tumbling 1min at least 3 events
                        expect mean(score) < 45%
                        expect across region: max(mean(score)) - min(mean(score)) < 10%
                        mode shadow
                      }
                      assertion drifts on loans {
                        window hopping 1min every 30s
                        expect psi(score, baseline(last 2min)) < 0.05
                        mode shadow
                      }
                      assertion alive on loans { silence at most 1s over stream mode shadow }
                      assertion burst on loans {
                        by key
                        window session 8s
                        expect count(score > 0.5) < 2
                        mode shadow
                      }
                      assertion parts on loans {
                        compare region by applicant within 20s
                        window tumbling 1min at least 2 pairs
                        expect mean(new.score - old.score) < 0.0
                        mode shadow
                      }
                      """)))
          .rules()
          .orElseThrow();

  private static final StreamType LOANS = RULES.stream("loans").orElseThrow();

  @TempDir private Path folder;

  private record Sent(long afterMillis, String payload) {}

  private static List<Sent> events(long seed, int count) {
    var random = new Random(seed);
    List<Sent> events = new ArrayList<>();
    long now = 0;
    for (int i = 0; i < count; i++) {
      now += random.nextInt(900);
      long at = Camera.START_MILLIS + now - random.nextInt(4_000);
      double score = Math.clamp(0.4 + 0.2 * random.nextGaussian() + now / 6e6, 0, 1);
      events.add(
          new Sent(
              now,
              "{\"applicant\":\"p%d\",\"at\":%d,\"region\":\"r%d\",\"score\":%.3f}"
                  .formatted(random.nextInt(40), at, random.nextInt(3), score)));
    }
    // What the last of them belong to is over, too.
    long last = Camera.START_MILLIS + now + 1_200_000;
    events.add(
        new Sent(
            now + 1_200_000,
            "{\"applicant\":\"p0\",\"at\":%d,\"region\":\"r0\",\"score\":0.1}".formatted(last)));
    return events;
  }

  private static List<String> backtest(List<Sent> events) {
    var lines = new StringBuilder();
    events.forEach(event -> lines.append(event.payload()).append('\n'));
    var in = new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8));
    List<String> found = new ArrayList<>();
    Backtest.run(
        RULES,
        TopologyRun.PROJECT,
        List.of(Recording.ofLines(LOANS, "loans.jsonl", in)),
        Extent.ALL,
        new Backtest.Listener() {
          @Override
          public void violation(Violation violation) {
            found.add(new String(ViolationJson.write(violation), StandardCharsets.UTF_8));
          }

          @Override
          public void unreadable(String place, String cause, String detail) {
            throw new AssertionError(place + ' ' + cause + ' ' + detail);
          }

          @Override
          public void progress(long judged) {}
        });
    return sorted(found);
  }

  /** Without where events were read. */
  private static List<String> sorted(List<String> found) {
    return found.stream()
        .map(
            json ->
                json.replaceAll(
                    "\"topic\":\"[^\"]*\",\"partition\":\\d+,\"offset\":\\d+", "\"source\":0"))
        .sorted()
        .toList();
  }

  /** Tells the first that differs, and no other. */
  private static void same(List<String> found, List<String> expected) {
    for (int i = 0; i < Math.min(found.size(), expected.size()); i++) {
      if (!found.get(i).equals(expected.get(i))) {
        assertThat(found.get(i)).isEqualTo(expected.get(i));
      }
    }
    assertThat(found).hasSameSizeAs(expected);
  }

  private static void ofEveryAssertion(List<String> found) {
    assertThat(found)
        .extracting(json -> ViolationJson.read(json.getBytes(StandardCharsets.UTF_8)).assertion())
        .contains("high", "drifts", "burst", "alive", "parts");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void violationsAreThoseOfABacktest(long seed) {
    List<Sent> events = events(seed, 500);
    List<String> found = new ArrayList<>();
    var random = new Random(seed);
    try (var tasks = new TopologyRun(RULES, LOANS, true, folder.resolve("tasks"));
        var merge = new WindowRun(RULES, folder.resolve("merge"))) {
      for (Sent event : events) {
        tasks.send(LOANS, event.afterMillis(), event.payload());
        if (random.nextInt(20) == 0) {
          tasks.idle(1); // which has the counts handed on
          merge.send(tasks.read(TopologyRun.TOPICS.partials()));
          found.addAll(merge.violations());
        }
        if (random.nextInt(200) == 0) {
          merge.restart();
        }
      }
      tasks.idle(1);
      merge.send(tasks.read(TopologyRun.TOPICS.partials()));
      found.addAll(merge.violations());
      List<CountRecord> counts = merge.counts();
      assertThat(counts).allSatisfy(c -> assertThat(c.partition()).isEqualTo(Counts.MERGING));
      assertThat(counts.stream().mapToLong(CountRecord::judged).sum()).isPositive();
      assertThat(merge.figuresOf("loans").restarted()).isZero();
      assertThat(tasks.late()).isEmpty();
    }
    ofEveryAssertion(found);
    same(sorted(found), backtest(events));
  }

  @Test
  void timeThatPassesWithoutEventsClosesWindows() {
    try (var tasks = new TopologyRun(RULES, LOANS, true, folder.resolve("tasks"));
        var merge = new WindowRun(RULES, folder.resolve("merge"))) {
      for (int i = 0; i < 4; i++) {
        String event =
            "{\"applicant\":\"p\",\"at\":%d,\"region\":\"r\",\"score\":0.9}"
                .formatted(Camera.START_MILLIS + i * 1000L);
        tasks.send(LOANS, i * 1000L, event);
      }
      tasks.idle(2);
      tasks.pass(Duration.ofSeconds(55));
      merge.send(tasks.read(TopologyRun.TOPICS.partials()));
      assertThat(merge.violations()).isEmpty();
      tasks.pass(Duration.ofSeconds(90));
      tasks.idle(1);
      merge.send(tasks.read(TopologyRun.TOPICS.partials()));
      assertThat(merge.violations()).anyMatch(json -> json.contains("\"assertion\":\"high\""));
    }
  }

  /** A task that ends anywhere goes on with what it had counted, whatever was handed on. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatWasCountedSurvivesTheTask(long seed) {
    List<Sent> events = events(seed, 800);
    var random = new Random(seed);
    List<PartialRecord> partials = new ArrayList<>();
    KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore("counts").get();
    WindowCounts counts = counts(store);
    GroupJudge judge = GroupJudge.of(RULES, List.of(LOANS), TopologyRun.PROJECT);
    Map<String, GroupState> keys = new HashMap<>();
    for (Sent event : events) {
      Incoming incoming = incoming(event);
      Taken taken = taken(judge, keys, incoming.event());
      counts.count(taken, incoming.value(), new Gathered(Map.of()), partials::add);
      if (random.nextInt(30) == 0) {
        counts = counts(store);
      }
      if (random.nextInt(100) == 0) {
        counts.handOn(partials::add);
      }
    }
    counts.handOn(partials::add);
    try (var merge = new WindowRun(RULES, folder.resolve("merge"))) {
      partials.forEach(
          partial -> merge.send(List.of(new TestRecord<>(partial.key(), partial.bytes()))));
      List<String> found = merge.violations();
      ofEveryAssertion(found);
      same(sorted(found), backtest(events));
    }
  }

  private static Taken taken(GroupJudge judge, Map<String, GroupState> keys, Event event) {
    GroupState state = keys.computeIfAbsent(event.key(), judge::newKey);
    return judge.judge(state, event, new Gathered(Map.of())).orElseThrow();
  }

  private static EventDecoder decoder() {
    return EventDecoder.of(LOANS, StreamJudge.of(RULES, LOANS, TopologyRun.PROJECT).reads());
  }

  private static WindowCounts counts(KeyValueStore<Bytes, byte[]> store) {
    var figures = new Figures("loans");
    var made =
        new WindowCounts(
            laneCounts(),
            Map.of("loans", decoder()),
            GroupJudge.of(RULES, List.of(LOANS), TopologyRun.PROJECT)::pairs,
            new WindowCounts.Lanes(0, 1, Map.of(), 1),
            new Journal(store, new StateKeys(TopologyRun.PROJECT), "windows"),
            fresh -> {},
            figures);
    assertThat(figures.restarted()).isZero();
    return made;
  }

  private static List<LaneCounts> laneCounts() {
    List<LaneCounts> all = new ArrayList<>();
    WindowJudge.of(RULES, LOANS, TopologyRun.PROJECT)
        .forEach(judge -> all.add(new WindowLanes(TopologyRun.PROJECT, judge)));
    OverStream.of(RULES, LOANS, TopologyRun.PROJECT)
        .ifPresent(whole -> all.add(new BeatLanes(TopologyRun.PROJECT, "loans", whole)));
    return all;
  }

  private static Incoming incoming(Sent sent) {
    byte[] payload = sent.payload().getBytes(StandardCharsets.UTF_8);
    long received = Camera.START_MILLIS + sent.afterMillis();
    var source = new Coordinates("loans", 0, 0);
    Decoded decoded = decoder().decode(payload, null, source, received * 1_000_000L);
    return new Incoming(
        ((Decoded.Readable) decoded).event(),
        new Provenance(TopologyRun.PROJECT, "loans", source, received),
        null,
        payload,
        payload);
  }
}
