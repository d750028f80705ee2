package io.assay.embedded;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metadata.TopicRecord;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.record.FileRecords;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.metadata.MetadataRecordSerde;

/**
 * Sees that the broker's metadata knows every partition on its disk.
 *
 * <p>Kafka cuts a damaged metadata log at the damage, takes the partitions it no longer knows for
 * strays, and deletes them a minute later. Better not to start.
 */
final class BrokerTopics {
  private static final String METADATA = "__cluster_metadata-0";

  private BrokerTopics() {}

  /** A partition's folder that the metadata does not know, if there is one. */
  static Optional<Path> stray(Path home) throws IOException {
    Set<Uuid> known = new HashSet<>();
    Path metadata = home.resolve(METADATA);
    if (Files.isDirectory(metadata)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(metadata, "*.{log,checkpoint}")) {
        for (Path file : files) {
          collect(file, known);
        }
      }
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(home, "*-[0-9]*")) {
      for (Path folder : folders) {
        Path id = folder.resolve("partition.metadata");
        boolean topic = !folder.equals(metadata) && !folder.toString().endsWith("-delete");
        if (topic && Files.exists(id) && topicOf(id).filter(known::contains).isEmpty()) {
          return Optional.of(folder);
        }
      }
    }
    return Optional.empty();
  }

  /** Adds the topics that the file names, up to its first damage. */
  private static void collect(Path file, Set<Uuid> known) throws IOException {
    try (FileRecords records = FileRecords.open(file.toFile(), false)) {
      for (var batch : records.batches()) {
        if (!batch.isValid()) {
          return;
        }
        if (!batch.isControlBatch()) {
          for (Record entry : batch) {
            var value = new ByteBufferAccessor(entry.value());
            if (MetadataRecordSerde.INSTANCE.read(value, entry.valueSize()).message()
                instanceof TopicRecord topic) {
              known.add(topic.topicId());
            }
          }
        }
      }
    } catch (RuntimeException damaged) {
      // What lies behind the damage is lost to the broker as well.
    }
  }

  private static Optional<Uuid> topicOf(Path file) throws IOException {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith("topic_id: "))
          .map(line -> Uuid.fromString(line.substring("topic_id: ".length()).strip()))
          .findFirst();
    } catch (IllegalArgumentException damaged) {
      return Optional.empty();
    }
  }
}
