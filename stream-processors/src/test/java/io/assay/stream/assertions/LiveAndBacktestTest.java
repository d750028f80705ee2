package io.assay.stream.assertions;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.Backtest;
import io.assay.assertion.scenario.Extent;
import io.assay.assertion.scenario.Recording;
import io.assay.stream.archive.Archive;
import io.assay.stream.archive.ArchiveSettings;
import io.assay.stream.archive.ArchiveWriter;
import io.assay.stream.archive.FolderStore;
import io.assay.stream.archive.Selection;
import io.assay.stream.contract.CountRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the processors send is what a backtest of the same events finds, byte for byte. */
class LiveAndBacktestTest {
  private static final int FRAMES = 120;
  private static final int VEHICLES = 3;
  private static final List<String> LABELS = List.of("car", "van", "person", "tank");
  private static final List<String> WEATHER = List.of("\"dry\"", "\"rain\"", "\"hail\"", "null");

  /** Where an event stood: all that may differ between a topic and a file. */
  private static final String PROVENANCE =
      "\"topic\":\"[^\"]*\",\"partition\":\\d+,\"offset\":\\d+";

  @TempDir private Path folder;

  private record Sent(String stream, String payload, long receivedMillis) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void everyKindOfEveryKeyGivesTheSameBytes(long seed) throws IOException {
    CheckedRules rules = rules("/every-kind.assay");
    List<Sent> events = events(seed);
    List<String> live = live(rules, events);
    ofEveryAssertion(rules, live);

    for (int jobs : new int[] {1, 3}) {
      same(backtest(rules, archived(rules, events), jobs), live);
      List<Recording> files = files(rules, events);
      same(withoutProvenance(backtest(rules, files, jobs)), withoutProvenance(live));
    }
  }

  /** Whatever lies between two commits: objects, a page begun, a round begun, keys written. */
  @Test
  void aCrashAfterEachOfAThousandCommitsChangesNothing() throws IOException {
    CheckedRules rules = rules("/every-kind.assay");
    List<Sent> events = events(5, 332);
    assertThat(events.size()).isGreaterThan(1000);

    try (var run = new JudgeRun(rules)) {
      for (Sent event : events) {
        StreamType stream = rules.stream(event.stream()).orElseThrow();
        run.judge(stream, event.payload(), event.receivedMillis());
        run.crash();
      }
      assertThat(run.restarted()).isZero();
      same(
          withoutProvenance(backtest(rules, archived(rules, events), 1)),
          withoutProvenance(run.violations()));
    }
  }

  /** Objects that leave, seconds that pass, states that are stored where nothing comes. */
  @ParameterizedTest
  @ValueSource(longs = {6, 7})
  void crashesNowAndThenLoseAndDoubleNoCount(long seed) throws IOException {
    CheckedRules rules = rules("/every-kind.assay");
    List<Sent> events = events(seed, 100);
    var random = new Random(seed);
    try (var calm = new JudgeRun(rules);
        var crashing = new JudgeRun(rules, 20_000)) {
      for (Sent event : events) {
        StreamType stream = rules.stream(event.stream()).orElseThrow();
        calm.judge(stream, event.payload(), event.receivedMillis());
        crashing.judge(stream, event.payload(), event.receivedMillis());
        if (random.nextInt(20) == 0) {
          calm.pass(stream, event.receivedMillis() + 10);
          crashing.pass(stream, event.receivedMillis() + 10);
        }
        switch (random.nextInt(12)) {
          case 0, 1, 2 -> crashing.crash();
          case 3 -> crashing.tick();
          case 4 -> {
            crashing.tick();
            crashing.tick();
          }
          default -> {}
        }
      }
      // Long after the last event all keys are over: nothing of them is left.
      StreamType camera = rules.streams().getFirst();
      for (int year = 1; year <= 3; year++) {
        long later = events.getLast().receivedMillis() + year * Duration.ofDays(370).toMillis();
        calm.pass(camera, later);
        crashing.pass(camera, later);
        crashing.crash();
      }
      calm.tick();
      crashing.tick();
      crashing.tick();
      assertThat(crashing.remembered()).isZero();
      assertThat(crashing.restarted()).isZero();
      same(crashing.violations(), calm.violations());
      assertThat(withoutSequence(crashing.counts())).isEqualTo(withoutSequence(calm.counts()));
      assertThat(calm.counts()).isNotEmpty();
    }
  }

  /** How often a count was sent is no part of it. */
  private static Map<String, String> withoutSequence(Map<String, CountRecord> counts) {
    return counts.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                each ->
                    new String(each.getValue().json(), StandardCharsets.UTF_8)
                        .replaceAll("\"sequence\":\\d+", "\"sequence\":0")));
  }

  /** What two streams had in one millisecond comes in any order: the same are found, in another. */
  @ParameterizedTest
  @ValueSource(longs = {3, 4})
  void joinsOfEveryKeyGiveTheSameBytes(long seed) throws IOException {
    CheckedRules rules = rules("/every-join.assay");
    List<Sent> events = withLidar(events(seed), seed);
    List<String> live = live(rules, events).stream().sorted().toList();
    ofEveryAssertion(rules, live);

    for (int jobs : new int[] {1, 3}) {
      List<String> archived = backtest(rules, archived(rules, events), jobs);
      same(archived.stream().sorted().toList(), live);
      List<String> file = backtest(rules, files(rules, events), jobs);
      same(
          withoutProvenance(file).stream().sorted().toList(),
          withoutProvenance(live).stream().sorted().toList());
    }
  }

  /** The other sensor sees every frame soon after, some not at all, others never. */
  private static List<Sent> withLidar(List<Sent> camera, long seed) {
    var random = new Random(seed);
    List<Sent> both = new ArrayList<>();
    for (Sent frame : camera) {
      both.add(frame);
      boolean calm = frame.payload().contains("\"boxes\":[],\"others\":[]");
      if (calm || random.nextInt(10) > 0) {
        both.add(new Sent("lidar", frame.payload(), frame.receivedMillis()));
      }
    }
    return both;
  }

  private static void ofEveryAssertion(CheckedRules rules, List<String> live) {
    // Of every kind something was found, or the test would say nothing.
    Set<String> names =
        rules.assertions().stream()
            .map(CheckedAssertion::name)
            .collect(Collectors.toCollection(TreeSet::new));
    names.add(CheckedAssertion.SCHEMA);
    assertThat(live.stream().map(LiveAndBacktestTest::assertion).collect(Collectors.toSet()))
        .isEqualTo(names);
  }

  /** One by one, so that a failure shows the first that differs and no other. */
  private static void same(List<String> found, List<String> live) {
    for (int i = 0; i < Math.min(found.size(), live.size()); i++) {
      if (!found.get(i).equals(live.get(i))) {
        assertThat(found.get(i)).isEqualTo(live.get(i));
      }
    }
    assertThat(found.size()).isEqualTo(live.size());
  }

  private static String assertion(String json) {
    return ViolationJson.read(json.getBytes(StandardCharsets.UTF_8)).assertion();
  }

  private static List<String> withoutProvenance(List<String> violations) {
    return violations.stream().map(json -> json.replaceAll(PROVENANCE, "\"source\":0")).toList();
  }

  private static CheckedRules rules(String name) throws IOException {
    try (InputStream in = LiveAndBacktestTest.class.getResourceAsStream(name)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return new RuleCompiler().compile(List.of(new SourceFile(name, text))).rules().orElseThrow();
    }
  }

  /**
   * Flickering, relabelled, jumping boxes; some frames arrive out of order, some twice too late.
   */
  private static List<Sent> events(long seed) {
    return events(seed, FRAMES);
  }

  private static List<Sent> events(long seed, int frames) {
    var random = new Random(seed);
    List<Sent> events = new ArrayList<>();
    for (int frame = 0; frame < frames; frame++) {
      for (int vehicle = 0; vehicle < VEHICLES; vehicle++) {
        long delay = random.nextInt(20) == 0 ? 700 : random.nextInt(3) * 100L;
        long at = Camera.START_MILLIS + frame * 100L - delay;
        events.add(new Sent("camera", frame(random, "v" + vehicle, at), at + delay + 20));
      }
    }
    // What waits for others is judged when time goes on.
    for (long later : new long[] {120_000, 121_000}) {
      for (int vehicle = 0; vehicle < VEHICLES; vehicle++) {
        long at = Camera.START_MILLIS + frames * 100L + later;
        String calm =
            "{\"vehicle\":\"v%d\",\"at\":%d,\"speed\":10,\"boxes\":[],\"others\":[]}"
                .formatted(vehicle, at);
        events.add(new Sent("camera", calm, at));
      }
    }
    return events;
  }

  private static String frame(Random random, String vehicle, long at) {
    var boxes = new ArrayList<String>();
    var others = new ArrayList<String>();
    for (int track = 0; track < 4; track++) {
      String area = "[%d,%d,40,30]".formatted(100 * track + random.nextInt(6), random.nextInt(6));
      String label = LABELS.get(random.nextInt(12) == 0 ? random.nextInt(4) : track % 3);
      if (random.nextInt(5) > 0) {
        String id = random.nextInt(30) == 0 ? "null" : "\"t" + (track + 10 * (at / 3000 % 2)) + '"';
        boxes.add(
            String.format(
                Locale.ROOT,
                "{\"track\":%s,\"label\":\"%s\",\"score\":%.2f,\"area\":%s}",
                id,
                label,
                random.nextDouble(),
                area));
      }
      if (random.nextInt(6) > 0) {
        others.add("{\"label\":\"%s\",\"area\":%s}".formatted(label, area));
      }
    }
    return String.format(
        Locale.ROOT,
        "{\"vehicle\":\"%s\",\"at\":%d,\"weather\":%s,\"speed\":%.1f,\"boxes\":[%s],\"others\":[%s]}",
        vehicle,
        at,
        WEATHER.get(random.nextInt(4)),
        10 + 9 * random.nextDouble(),
        String.join(",", boxes),
        String.join(",", others));
  }

  private List<String> live(CheckedRules rules, List<Sent> events) {
    Path state = folder.resolve("live");
    try (var run = new TopologyRun(rules, rules.streams(), true, state)) {
      events.forEach(event -> send(run, rules, event));
      return violations(run);
    }
  }

  private static void send(TopologyRun run, CheckedRules rules, Sent event) {
    StreamType stream = rules.stream(event.stream()).orElseThrow();
    run.send(stream, event.receivedMillis() - Camera.START_MILLIS, event.payload());
  }

  private static List<String> violations(TopologyRun run) {
    return run.read(TopologyRun.TOPICS.violations()).stream()
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .toList();
  }

  private static List<String> backtest(CheckedRules rules, List<Recording> recordings, int jobs) {
    List<String> found = new ArrayList<>();
    var extent = new Extent(Long.MIN_VALUE, Long.MAX_VALUE, Set.of(), jobs);
    Backtest.run(
        rules,
        TopologyRun.PROJECT,
        recordings,
        extent,
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
    return found;
  }

  private static List<Recording> files(CheckedRules rules, List<Sent> events) {
    List<Recording> files = new ArrayList<>();
    for (StreamType stream : rules.streams()) {
      String lines =
          of(stream, events).map(event -> event.payload() + '\n').collect(Collectors.joining());
      files.add(
          Recording.ofLines(
              stream,
              stream.name() + ".jsonl",
              new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8))));
    }
    return files;
  }

  private static Stream<Sent> of(StreamType stream, List<Sent> events) {
    return events.stream().filter(event -> event.stream().equals(stream.name()));
  }

  private List<Recording> archived(CheckedRules rules, List<Sent> events) {
    var store = new FolderStore(folder.resolve("archive"));
    var settings = ArchiveSettings.in(folder.resolve("archive"));
    var writer = new ArchiveWriter(store, settings, TopologyRun.PROJECT, rules.streams(), "test");
    List<Recording> recordings = new ArrayList<>();
    for (StreamType stream : rules.streams()) {
      var partition = new TopicPartition(stream.topic(), 0);
      long offset = writer.take(partition, "T", OptionalLong.empty(), 0);
      for (Sent event : of(stream, events).skip(offset).toList()) {
        writer.add(record(stream.topic(), offset++, event), System.currentTimeMillis());
      }
      writer.roll(writer.partitions());
      recordings.add(
          new Recording(
              stream,
              new Archive(store, TopologyRun.PROJECT).events(stream.name(), Selection.ALL)));
    }
    return recordings;
  }

  private static ConsumerRecord<byte[], byte[]> record(String topic, long offset, Sent event) {
    return new ConsumerRecord<>(
        topic,
        0,
        offset,
        event.receivedMillis(),
        TimestampType.LOG_APPEND_TIME,
        0,
        0,
        null,
        event.payload().getBytes(StandardCharsets.UTF_8),
        new RecordHeaders(),
        Optional.empty());
  }
}
