package io.assay.stream.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStream;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.scenario.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long START = Instant.parse("2026-03-01T08:00:00Z").toEpochMilli();
  private static final StreamType STREAM =
      new RuleCompiler()
          .compile(
              List.of(
                  new SourceFile(
                      "camera.assay",
                      """
                      language 1
                      stream camera from topic "av.camera" {
                        key   vehicle string
                        time  at timestamp(millis)
                        score double?
                      }
                      """)))
          .rules()
          .orElseThrow()
          .streams()
          .getFirst();

  @TempDir private Path folder;
  private FolderStore store;
  private ArchiveSettings settings;

  @BeforeEach
  void open() {
    store = new FolderStore(folder);
    settings = ArchiveSettings.in(folder);
  }

  private ArchiveWriter writer(String instance) {
    return new ArchiveWriter(store, settings, "street", List.of(STREAM), instance);
  }

  private static TopicPartition partition(int number) {
    return new TopicPartition("av.camera", number);
  }

  private static String event(String vehicle, long at) {
    return "{\"vehicle\":\"%s\",\"at\":%d}".formatted(vehicle, at);
  }

  private static ConsumerRecord<byte[], byte[]> record(
      int partition, long offset, long received, byte @Nullable [] value) {
    var headers = new RecordHeaders();
    headers.add("traceparent", "00-ab-cd-01".getBytes(StandardCharsets.UTF_8));
    headers.add("bits", new byte[] {(byte) 0xff, 0});
    return new ConsumerRecord<>(
        "av.camera",
        partition,
        offset,
        received,
        TimestampType.LOG_APPEND_TIME,
        0,
        0,
        null,
        value,
        headers,
        Optional.empty());
  }

  private static ConsumerRecord<byte[], byte[]> record(int partition, long offset, String value) {
    return record(partition, offset, START + offset, value.getBytes(StandardCharsets.UTF_8));
  }

  private List<Payload> read(Selection wanted) {
    ArchivedEvents events = new Archive(store, "street").events("camera", wanted);
    List<Payload> read = new ArrayList<>();
    for (Payload next = events.next(); next != null; next = events.next()) {
      read.add(next);
    }
    return read;
  }

  private List<Long> offsets(Selection wanted) {
    return read(wanted).stream().map(payload -> payload.source().offset()).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"vehicle\":\"v1\",\"at\":1,  \"score\":1.50, \"x\":{\"event\":[1]}}",
        "{\"vehicle\":\"v1\",\n\"at\":1}",
        "{\"vehicle\":\"v1\",\"at\":1,\"score\":NaN}",
        "{\"vehicle\":\"ü\\u2028 \",\"at\":1}",
        "{\"vehicle\":\"v1\"",
        "not json",
        "[1,2]",
        "",
        " {\"vehicle\":\"v1\",\"at\":1} ",
        "\u00ff\u0000"
      })
  void everyByteComesBackAsItWas(String payload) {
    for (byte[] value :
        List.of(
            payload.getBytes(StandardCharsets.UTF_8),
            payload.getBytes(StandardCharsets.ISO_8859_1))) {
      var archived =
          new ArchivedRecord(
              "v1",
              7,
              OptionalLong.of(-1),
              START,
              Map.of("h", new byte[] {-1}, "t", new byte[0]),
              value);
      byte[] line = RecordLine.write(archived);
      assertThat(new String(line, StandardCharsets.UTF_8).chars().filter(c -> c == '\n'))
          .hasSize(1);
      ArchivedRecord back = RecordLine.read(Arrays.copyOf(line, line.length - 1));
      assertThat(back.value()).isEqualTo(value);
      assertThat(back.key()).isEqualTo("v1");
      assertThat(back.offset()).isEqualTo(7);
      assertThat(back.at()).hasValue(-1);
      assertThat(back.receivedMillis()).isEqualTo(START);
      assertThat(back.headers().get("h")).containsExactly(-1);
      assertThat(back.headers().get("t")).isEmpty();
    }
  }

  @Test
  void aSegmentIsJsonLinesForEveryTool() throws IOException {
    ArchiveWriter writer = writer("a");
    writer.take(partition(0), "T", OptionalLong.empty(), 0);
    for (int i = 0; i < 20_000; i++) {
      writer.add(record(0, i, event("v" + i % 7, START + i)), START);
    }
    writer.roll(writer.partitions());

    Path segment = files().getFirst();
    assertThat(folder.relativize(segment).toString())
        .isEqualTo(
            "street/camera/2026-03-01/08/p0000-0000000000000000000-0000000000000020000-T.jsonl.zst");
    try (InputStream in = new ZstdInputStream(Files.newInputStream(segment)).setContinuous(false)) {
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      assertThat(lines).hasSize(20_000);
      assertThat(lines.getFirst())
          .isEqualTo(
              "{\"key\":\"v0\",\"offset\":0,\"at\":\"2026-03-01T08:00:00Z\",\"received\":\"2026-03-01T08:00:00Z\","
                  + "\"headers\":{\"traceparent\":{\"text\":\"00-ab-cd-01\"},\"bits\":{\"base64\":\"/wA=\"}},"
                  + "\"event\":{\"vehicle\":\"v0\",\"at\":1772352000000}}");
    }
  }

  @Test
  void whoWasKilledReadsAgainWhatIsInNoSegment() {
    ArchiveWriter killed = writer("a");
    killed.take(partition(0), "T", OptionalLong.empty(), 0);
    killed.add(record(0, 0, event("v1", START)), START);
    killed.add(record(0, 1, event("v1", START)), START);
    killed.roll(killed.partitions());
    killed.add(record(0, 2, event("v1", START)), START);

    ArchiveWriter next = writer("a");
    assertThat(next.take(partition(0), "T", OptionalLong.empty(), 0)).isEqualTo(2);
    next.add(record(0, 2, event("v1", START)), START);
    next.roll(next.partitions());

    assertThat(offsets(Selection.ALL)).containsExactly(0L, 1L, 2L);
    assertThat(folder.resolve(".unfinished/a")).isEmptyDirectory();
  }

  @Test
  void twoWritersThatDoNotKnowOfEachOtherDoubleNothing() {
    ArchiveWriter slow = writer("a");
    slow.take(partition(0), "T", OptionalLong.empty(), 0);
    ArchiveWriter quick = writer("b");
    quick.take(partition(0), "T", OptionalLong.of(2), 0);
    for (int i = 0; i < 6; i++) {
      if (i < 4) {
        slow.add(record(0, i, event("v1", START + i)), START + i);
      }
      quick.add(record(0, i, event("v1", START + i)), START + i);
    }
    quick.roll(quick.partitions());
    slow.roll(slow.partitions());

    assertThat(files()).hasSize(2);
    assertThat(offsets(Selection.ALL)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void onlyBlocksThatMayHoldAKeyAreRead() {
    ArchiveWriter writer = writer("a");
    writer.take(partition(0), "T", OptionalLong.empty(), 0);
    int events = 60_000;
    for (int i = 0; i < events; i++) {
      writer.add(record(0, i, event(i == 41_000 ? "rare" : "v" + i % 100, START + i)), START);
    }
    writer.roll(writer.partitions());

    List<Long> found = offsets(new Selection(Long.MIN_VALUE, Long.MAX_VALUE, Set.of("rare")));
    assertThat(found).contains(41_000L).hasSizeLessThan(events / 5);
    long from = (START + 50_000) * 1_000_000;
    assertThat(offsets(new Selection(from, from + 1, Set.of())))
        .contains(50_000L)
        .hasSizeLessThan(events / 5);
  }

  @Test
  void eventsComeInTheOrderInWhichTheyWereReceived() {
    ArchiveWriter writer = writer("a");
    writer.take(partition(0), "T", OptionalLong.empty(), 0);
    writer.take(partition(1), "T", OptionalLong.empty(), 0);
    byte[] value = event("v1", START).getBytes(StandardCharsets.UTF_8);
    writer.add(record(0, 0, START + 1, value), START + HOUR);
    writer.add(record(0, 1, START + 9, value), START + HOUR);
    // Behind in its partition, whatever its clock said.
    writer.add(record(0, 2, START + 2, value), START + HOUR);
    writer.add(record(1, 0, START + 3, value), START + HOUR);
    writer.add(record(1, 1, START + 9, value), START + HOUR);
    writer.roll(writer.partitions());

    assertThat(read(Selection.ALL))
        .extracting(Payload::source)
        .containsExactly(at(0, 0), at(1, 0), at(0, 1), at(0, 2), at(1, 1));
  }

  private static Coordinates at(int partition, long offset) {
    return new Coordinates("av.camera", partition, offset);
  }

  @Test
  void anHourEndsASegmentAndRetentionTakesTheOldest() throws IOException {
    ArchiveWriter writer = writer("a");
    writer.take(partition(0), "T", OptionalLong.empty(), 0);
    byte[] value = event("v1", START).getBytes(StandardCharsets.UTF_8);
    for (int hour = 0; hour < 5; hour++) {
      writer.add(record(0, hour, START + hour * HOUR, value), START + 10 * HOUR);
    }
    writer.roll(writer.partitions());
    assertThat(files()).hasSize(5);

    Instant now = Instant.ofEpochMilli(START + 4 * HOUR);
    ArchiveSettings threeHours = settings.keep(Duration.ofHours(3), Long.MAX_VALUE);
    assertThat(new Retention(store, threeHours, "street").apply(now)).isEqualTo(1);
    assertThat(offsets(Selection.ALL)).containsExactly(1L, 2L, 3L, 4L);

    long two = files().stream().mapToLong(ArchiveTest::size).sum() / 2 + 50;
    ArchiveSettings small = settings.keep(Duration.ofDays(30), two);
    assertThat(new Retention(store, small, "street").apply(now)).isEqualTo(2);
    assertThat(offsets(Selection.ALL)).containsExactly(3L, 4L);
    // What was deleted is not archived again.
    assertThat(writer("a").take(partition(0), "T", OptionalLong.of(5), 0)).isEqualTo(5);
  }

  @Test
  void whatTheTopicLostBeforeItWasArchivedIsAHole() {
    ArchiveWriter writer = writer("a");
    writer.take(partition(0), "T", OptionalLong.empty(), 0);
    writer.add(record(0, 0, event("v1", START)), START);
    writer.roll(writer.partitions());
    ArchiveWriter late = writer("a");
    assertThat(late.take(partition(0), "T", OptionalLong.empty(), 10)).isEqualTo(10);
    late.add(record(0, 12, event("v1", START + 12)), START + 12);
    late.roll(late.partitions());

    Holding holding = new Archive(store, "street").holding("camera").orElseThrow();
    assertThat(holding.from()).isEqualTo(START * 1_000_000);
    assertThat(holding.to()).isEqualTo((START + 12) * 1_000_000);
    assertThat(holding.holes())
        .containsExactly(
            new Holding.Hole(
                0, 1, 10, Instant.ofEpochMilli(START), Instant.ofEpochMilli(START + 12)));
  }

  @Test
  void aTopicMadeAnewIsAnother() {
    ArchiveWriter writer = writer("a");
    writer.take(partition(0), "T", OptionalLong.empty(), 0);
    writer.add(record(0, 0, event("v1", START)), START);
    writer.roll(writer.partitions());
    writer.forget(writer.partitions());
    assertThat(writer.take(partition(0), "U", OptionalLong.empty(), 0)).isZero();
    writer.add(record(0, 0, event("v1", START)), START);
    writer.roll(writer.partitions());

    assertThat(offsets(Selection.ALL)).containsExactly(0L, 0L);
  }

  /** Who judges again needs what came with an event, and not what stood in its place before. */
  @Test
  void whatStoodAtAnOffsetOfATopicMadeAnewIsNotTakenForIt() {
    ArchiveWriter writer = writer("a");
    writer.take(partition(0), "T", OptionalLong.empty(), 0);
    writer.add(record(0, 0, event("v1", START)), START);
    writer.add(record(0, 1, event("v1", START)), START + 1);
    writer.roll(writer.partitions());
    var archive = new Archive(store, "street");
    Instant before = Instant.ofEpochMilli(START);
    Instant anew = before.plusSeconds(10);
    assertThat(archive.holds("camera", 0, 1, before)).isTrue();
    assertThat(archive.holds("camera", 0, 2, before)).isFalse();
    assertThat(archive.holds("camera", 1, 1, before)).isFalse();
    assertThat(archive.holds("camera", 0, 1, anew)).as("not archived yet").isFalse();

    writer.forget(writer.partitions());
    writer.take(partition(0), "U", OptionalLong.empty(), 0);
    byte[] value = event("v1", START).getBytes(StandardCharsets.UTF_8);
    writer.add(record(0, 0, anew.toEpochMilli(), value), anew.toEpochMilli());
    writer.add(record(0, 1, anew.toEpochMilli(), value), anew.toEpochMilli());
    writer.roll(writer.partitions());
    assertThat(archive.holds("camera", 0, 1, anew)).isTrue();
    assertThat(archive.holds("camera", 0, 1, before)).isTrue();
    assertThat(archive.holds("camera", 0, 1, anew.plusSeconds(10))).isFalse();
  }

  @Test
  void aDamagedSegmentIsNamed() throws IOException {
    ArchiveWriter writer = writer("a");
    writer.take(partition(0), "T", OptionalLong.empty(), 0);
    writer.add(record(0, 0, event("v1", START)), START);
    writer.roll(writer.partitions());
    Path segment = files().getFirst();
    byte[] bytes = Files.readAllBytes(segment);

    Files.write(segment, Arrays.copyOf(bytes, bytes.length - 20));
    assertThatThrownBy(() -> read(Selection.ALL))
        .hasMessageContaining(segment.getFileName().toString())
        .hasMessageContaining("damaged");
    bytes[20] ^= 1;
    Files.write(segment, bytes);
    assertThatThrownBy(() -> read(Selection.ALL))
        .hasMessageContaining(segment.getFileName().toString())
        .hasMessageContaining("damaged");
  }

  @Test
  void aProjectThatIsNoFolderNameIsRefused() {
    for (String project : List.of("..", "a/b", ".hidden", " ")) {
      assertThatThrownBy(() -> new ArchiveWriter(store, settings, project, List.of(STREAM), "a"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("project");
    }
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.walk(folder.resolve("street"))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
