package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.embedded.TestBroker;
import io.assay.stream.app.Archiver;
import io.assay.stream.app.ProcessorSettings;
import io.assay.stream.archive.ArchiveSettings;
import io.assay.stream.contract.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One recording, judged from a file, from its topic, and from the archive. */
class BacktestSourcesTest {
  private static final int VEHICLES = 9;
  private static final int FRAMES = 400;

  private final TestBroker broker = TestBroker.shared();
  private final String topic = broker.name("backtest");

  @TempDir Path folder;
  private Path rules;
  private Path events;

  @BeforeEach
  void write() throws IOException {
    rules =
        Files.writeString(
            folder.resolve("flicker.assay"),
            """
            language 1
            stream camera from topic "%s" {
              key    vehicle  string
              time   at       timestamp(millis)
              boxes           list {
                track         string?
                score         ratio
              }
            }
            assertion flicker on camera {
              each      b in boxes where b.score >= 0.5
              identity  b.track
              absent    less than 500ms
              severity  gap / 500ms
              explain   "{b.track} was gone for {gap}"
            }
            assertion appear on camera {
              each      b in boxes
              identity  b.track
              present   less than 500ms
            }
            """
                .formatted(topic));
    var lines = new StringBuilder();
    for (int frame = 0; frame < FRAMES; frame++) {
      for (int vehicle = 0; vehicle < VEHICLES; vehicle++) {
        // Some flicker, some die young, all in a pattern of their own.
        boolean seen = (frame * 7 + vehicle * 13) % 11 > 2;
        int track = frame / (7 + vehicle * 3);
        String boxes =
            seen ? "{\"track\":\"t%d\",\"score\":0.%d}".formatted(track, 1 + frame % 9) : "";
        lines.append(
            "{\"vehicle\":\"v%d\",\"at\":%d,\"boxes\":[%s]}\n"
                .formatted(vehicle, 1_700_000_000_000L + 100L * frame, boxes));
      }
    }
    lines.append("{\"vehicle\":\"v1\"\n");
    events = Files.writeString(folder.resolve("events.jsonl"), lines);
  }

  private CommandLineRun backtest(String... more) {
    return CommandLineRun.of(
        Stream.concat(Stream.of("backtest", rules.toString(), "--format", "json"), Stream.of(more))
            .toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void theAnswerIsTheSameForAnyNumberOfJobs(int jobs) {
    CommandLineRun one = backtest("--events", events.toString());
    CommandLineRun many = backtest("--events", events.toString(), "--jobs", "" + jobs);

    assertThat(one.status()).isZero();
    assertThat(one.out()).contains("\"name\":\"flicker\",\"violations\":").contains("\"items\":[{");
    assertThat(many).isEqualTo(one);
  }

  @Test
  void aRangeIsByEventTimeAndLeavesItsEndOut() {
    CommandLineRun run =
        backtest(
            "--events",
            events.toString(),
            "--from",
            "1700000001000",
            "--to",
            "2023-11-14T22:13:22Z",
            "--key",
            "v3",
            "--key",
            "v4");

    assertThat(run.out()).contains("{\"name\":\"schema\",\"violations\":0,\"judged\":20,");
    assertThat(backtest("--events", events.toString(), "--from", "5", "--to", "5").err())
        .contains("--from needs a time before --to");
    assertThat(backtest("--events", events.toString(), "--jobs", "0").err())
        .contains("--jobs needs 1 to 256, got 0");
  }

  @Test
  void needsOneSource() {
    assertThat(backtest().err()).contains("needs one of --events", "got none");
    assertThat(backtest("--events", events.toString(), "--archive", "x").err()).contains("got 2");
  }

  @Test
  void fileTopicAndArchiveGiveTheSameViolations() throws Exception {
    broker.createTopics(List.of(new NewTopic(topic, 3, (short) 1)));
    CommandLineRun sent =
        CommandLineRun.of(
            "produce",
            events.toString(),
            "--stream",
            "camera",
            "--rules",
            rules.toString(),
            "--bootstrap",
            broker.bootstrapServers());
    assertThat(sent.status()).isZero();
    CommandLineRun file = backtest("--events", events.toString());

    CommandLineRun read =
        backtest("--topic", topic, "--bootstrap-servers", broker.bootstrapServers());
    assertThat(read.err()).contains(topic + "-").contains("@").contains("broken-json");
    assertThat(sorted(read.out())).isEqualTo(sorted(file.out()));

    Path archive = folder.resolve("archive");
    // Stopped and started again in the middle.
    for (int i = 0; i < 2; i++) {
      try (Archiver archiver = archiver(archive)) {
        await(archive, i == 0 ? 1 : 3, archiver);
      }
    }
    CommandLineRun archived = backtest("--archive", archive.toString());
    assertThat(archived.status()).isZero();
    assertThat(sorted(archived.out())).isEqualTo(sorted(file.out()));
    CommandLineRun jobs = backtest("--archive", archive.toString(), "--jobs", "4");
    assertThat(jobs.out()).isEqualTo(archived.out());

    CommandLineRun before =
        backtest("--archive", archive.toString(), "--from", "2023-11-14T20:00:00Z");
    assertThat(before.err())
        .contains(
            "the archive holds 'camera' from 2023-11-14T22:13:20Z to 2023-11-14T22:13:59.900Z, not"
                + " the whole range");
    assertThat(sorted(before.out())).isEqualTo(sorted(file.out()));
    CommandLineRun after =
        backtest("--archive", archive.toString(), "--from", "2024-01-01T00:00:00Z");
    assertThat(after.status()).isEqualTo(3);
    assertThat(after.err()).contains("holds nothing to judge for project 'default'");
  }

  @Test
  void aTopicThatIsNotThereIsTold() {
    CommandLineRun run =
        backtest("--topic", "nowhere.at.all", "--bootstrap-servers", broker.bootstrapServers());
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("has no topic 'nowhere.at.all'");
  }

  /** Partitions are read beside each other, so that keys come in another order. */
  private static List<String> sorted(String json) {
    return Stream.of(json.split("(?=\\{\"id\")|(?=\\],\"?)|(?=\\]\\})"))
        .map(item -> item.replaceAll(",$", ""))
        .sorted()
        .toList();
  }

  private Archiver archiver(Path archive) throws IOException {
    CheckedRules checked =
        new RuleCompiler()
            .compile(List.of(new SourceFile("flicker.assay", Files.readString(rules))))
            .rules()
            .orElseThrow();
    return Archiver.start(
        checked,
        ProcessorSettings.of(broker.bootstrapServers(), folder.resolve("state"))
            .in("default", new Topics(topic)),
        ArchiveSettings.in(archive).rollEvery(Duration.ofMillis(300)));
  }

  private static void await(Path archive, int segments, Archiver archiver) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
    Files.createDirectories(archive);
    try (WatchService changes = archive.getFileSystem().newWatchService()) {
      while (segments(archive) < segments) {
        watch(archive, changes);
        assertThat(System.nanoTime())
            .as("archived in time: %s", archiver.failure())
            .isLessThan(end);
        WatchKey changed = changes.poll(1, TimeUnit.SECONDS);
        if (changed != null) {
          changed.pollEvents();
          changed.reset();
        }
      }
    }
  }

  /** Folders that there are by now. */
  private static void watch(Path archive, WatchService changes) throws IOException {
    try (Stream<Path> files = Files.walk(archive)) {
      for (Path folder : files.filter(Files::isDirectory).toList()) {
        folder.register(changes, StandardWatchEventKinds.ENTRY_CREATE);
      }
    }
  }

  private static long segments(Path archive) throws IOException {
    if (!Files.isDirectory(archive.resolve("default"))) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(archive.resolve("default"))) {
      return files.filter(Files::isRegularFile).count();
    }
  }
}
