package io.assay.stream.archive;

import io.assay.assertion.event.StreamType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Rolls the records of partitions into segments.
 *
 * <p>The archive itself says where it stopped, by the names of its segments: a record is in a
 * segment that is whole, or it is read again. Nothing depends on what a consumer group remembers.
 * Belongs to one thread.
 */
public final class ArchiveWriter {
  private static final String UNFINISHED = ".unfinished";

  private final SegmentStore store;
  private final ArchiveSettings settings;
  private final String project;
  private final List<StreamType> streams;
  private final Path staging;
  private final Archive archive;
  private final Map<TopicPartition, List<OpenSegment>> partitions = new HashMap<>();

  /**
   * @param instance of this process among those that share the folder; what it left unfinished is
   *     deleted
   */
  public ArchiveWriter(
      SegmentStore store,
      ArchiveSettings settings,
      String project,
      List<StreamType> streams,
      String instance) {
    this.store = store;
    this.settings = settings;
    this.project = project;
    this.streams = List.copyOf(streams);
    this.staging = settings.folder().resolve(UNFINISHED).resolve(instance);
    this.archive = new Archive(store, project);
    SegmentName.prefix(project);
    clearStaging();
  }

  /** Others write beside us; what nobody has touched for a day belongs to none of them. */
  private void clearStaging() {
    Path all = settings.folder().resolve(UNFINISHED);
    if (!Files.isDirectory(all)) {
      return;
    }
    Instant forgotten = Instant.now().minus(Duration.ofDays(1));
    try (Stream<Path> files = Files.walk(all, 2)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        boolean ours = file.startsWith(staging);
        if (ours || Files.getLastModifiedTime(file).toInstant().isBefore(forgotten)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Topics of all streams. */
  public Set<String> topics() {
    return streams.stream().map(StreamType::topic).collect(Collectors.toSet());
  }

  /**
   * Takes a partition over.
   *
   * @param topicId by which a topic that was made anew is told from the one before
   * @param committed what the consumer group remembers, for an archive that forgot
   * @param beginning the first offset that the topic still has
   * @return from where on to read
   */
  public long take(
      TopicPartition partition, String topicId, OptionalLong committed, long beginning) {
    List<OpenSegment> open = new ArrayList<>();
    long position = Long.MAX_VALUE;
    for (StreamType stream : streams) {
      if (stream.topic().equals(partition.topic())) {
        long archived =
            archive.archivedUntil(stream.name(), topicId, partition.partition()).orElse(0L);
        long from = Math.max(Math.max(archived, committed.orElse(0)), beginning);
        open.add(new OpenSegment(stream, topicId, from));
        position = Math.min(position, from);
      }
    }
    partitions.put(partition, open);
    return position;
  }

  /** Takes a record in; it is archived when a roll says so. */
  public void add(ConsumerRecord<byte[], byte[]> record, long nowMillis) {
    var partition = new TopicPartition(record.topic(), record.partition());
    long received = OpenSegment.received(record, nowMillis);
    for (OpenSegment segment : partitions.getOrDefault(partition, List.of())) {
      if (segment.endsBefore(received, settings, nowMillis)) {
        segment.roll(store, project, record.partition());
      }
      segment.add(record, staging, nowMillis);
    }
  }

  /** Ends the segments that have been open long enough. */
  public void rollDue(long nowMillis) {
    partitions.forEach(
        (partition, segments) -> {
          for (OpenSegment segment : segments) {
            if (segment.isDue(settings, nowMillis)) {
              segment.roll(store, project, partition.partition());
            }
          }
        });
  }

  /** Ends the segments of partitions that are given away. */
  public void roll(Collection<TopicPartition> some) {
    for (TopicPartition partition : some) {
      for (OpenSegment segment : partitions.getOrDefault(partition, List.of())) {
        segment.roll(store, project, partition.partition());
      }
    }
  }

  /** Forgets partitions; what is in no segment is read again by whoever takes them over. */
  public void forget(Collection<TopicPartition> some) {
    for (TopicPartition partition : List.copyOf(some)) {
      List<OpenSegment> segments = partitions.remove(partition);
      if (segments != null) {
        segments.forEach(OpenSegment::drop);
      }
    }
  }

  public Set<TopicPartition> partitions() {
    return Set.copyOf(partitions.keySet());
  }

  /** Offsets before which everything is archived. */
  public Map<TopicPartition, Long> archived() {
    Map<TopicPartition, Long> archived = new HashMap<>();
    partitions.forEach(
        (partition, segments) ->
            segments.stream()
                .mapToLong(OpenSegment::archivedUntil)
                .min()
                .ifPresent(offset -> archived.put(partition, offset)));
    return archived;
  }
}
