package io.assay.stream.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.scenario.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key's events go out of segments that stay what they were for all others. */
class ArchiveErasureTest {
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
                      }
                      """)))
          .rules()
          .orElseThrow()
          .streams()
          .getFirst();

  @TempDir private Path folder;

  private void write(ArchiveWriter writer, int partition, List<String> values) {
    writer.take(new TopicPartition("av.camera", partition), "T", OptionalLong.empty(), 0);
    for (int i = 0; i < values.size(); i++) {
      writer.add(
          new ConsumerRecord<>(
              "av.camera",
              partition,
              i,
              START + i,
              TimestampType.LOG_APPEND_TIME,
              0,
              0,
              null,
              values.get(i).getBytes(UTF_8),
              new RecordHeaders(),
              Optional.empty()),
          START);
    }
  }

  private static String event(String vehicle, int i) {
    return "{\"vehicle\":\"%s\",\"at\":%d}".formatted(vehicle, START + i);
  }

  private static List<Long> offsets(FolderStore store, Selection wanted) {
    ArchivedEvents events = new Archive(store, "street").events("camera", wanted);
    List<Long> read = new ArrayList<>();
    for (Payload next = events.next(); next != null; next = events.next()) {
      read.add(next.source().offset());
    }
    return read;
  }

  @Test
  void itsEventsGoAndTheOthersStayWhereTheyWere() throws IOException {
    var store = new FolderStore(folder);
    var writer =
        new ArchiveWriter(store, ArchiveSettings.in(folder), "street", List.of(STREAM), "a");
    // One partition with others, one of its own, one without; and a broken record that names it.
    write(
        writer,
        0,
        List.of(
            event("v1", 0),
            event("v2", 1),
            event("v1", 2),
            "{\"vehicle\":\"v1\",",
            event("v12", 4)));
    write(writer, 1, List.of(event("v1", 0), event("v1", 1)));
    write(writer, 2, List.of(event("v2", 0)));
    writer.roll(writer.partitions());
    List<SegmentStore.Stored> before = store.list("street/");
    assertThat(before).hasSize(3);

    var erasure = new ArchiveErasure(store, "street", folder);
    assertThat(erasure.erase("camera", "v1")).isEqualTo(new ArchiveErasure.Erased(5, 2));

    assertThat(store.list("street/"))
        .extracting(SegmentStore.Stored::name)
        .containsExactlyElementsOf(before.stream().map(SegmentStore.Stored::name).toList());
    assertThat(offsets(store, Selection.ALL)).containsExactlyInAnyOrder(1L, 4L, 0L);
    assertThat(offsets(store, new Selection(Long.MIN_VALUE, Long.MAX_VALUE, Set.of("v1"))))
        .isEmpty();
    assertThat(new Archive(store, "street").archivedUntil("camera", "T", 1)).contains(2L);
    assertThat(new Archive(store, "street").holding("camera")).isPresent();
    assertThat(erasure.erase("camera", "v1")).isEqualTo(new ArchiveErasure.Erased(0, 0));
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(file -> file.toString().endsWith(".tmp"))).isEmpty();
    }
  }
}
