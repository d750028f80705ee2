package io.assay.web.backtests;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.scenario.Extent;
import io.assay.stream.archive.Archive;
import io.assay.stream.archive.Holding;
import io.assay.stream.archive.Kept;
import io.assay.stream.archive.UpTo;
import io.assay.web.backtests.BacktestResult.Hole;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Finds what of a range the topic of a stream has, and what the archive. */
final class PastPlans {
  static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  /** An event further ahead of its arrival changes no verdict: it need not be found. */
  private static final long MOST_AHEAD_MILLIS = Duration.ofMinutes(5).toMillis();

  private final Map<String, Object> settings;
  private final Optional<Archive> archive;
  private final Extent extent;

  PastPlans(Map<String, Object> settings, Optional<Archive> archive, Extent extent) {
    this.settings = settings;
    this.archive = archive;
    this.extent = extent;
  }

  /**
   * What is read of a stream, the same each time.
   *
   * @param from offsets at which the topic is begun; empty where there is none any more
   * @param ends before which it is ended
   * @param cut where the archive is ended; none where it is not needed, or there is none
   * @param since what was received before is nowhere; none where all of the range is there
   */
  record Plan(
      StreamType stream,
      Map<TopicPartition, Long> from,
      Map<TopicPartition, Long> ends,
      Optional<UpTo> cut,
      Optional<Instant> since,
      List<Hole> holes) {}

  /** What a partition of the topic has. */
  private record Part(int number, long begin, long from, @Nullable Instant first) {
    /** Whether what the topic has begins within the range: before that it may have forgotten. */
    boolean isCutOff() {
      return begin == from;
    }
  }

  /**
   * @throws IllegalArgumentException if there is neither a topic nor an archive of it
   */
  Plan of(StreamType stream) {
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<PartitionInfo> found = consumer.partitionsFor(stream.topic(), ANSWER_WITHIN);
      if (found == null || found.isEmpty()) {
        return withoutTopic(stream);
      }
      Set<TopicPartition> partitions =
          found.stream()
              .map(one -> new TopicPartition(stream.topic(), one.partition()))
              .collect(Collectors.toSet());
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER_WITHIN);
      List<Part> parts = parts(consumer, partitions, ends);
      Map<TopicPartition, Long> from = new HashMap<>();
      parts.forEach(one -> from.put(new TopicPartition(stream.topic(), one.number()), one.from()));
      return plan(stream, parts, from, ends);
    }
  }

  /** The archive may have what was in one that was deleted. */
  private Plan withoutTopic(StreamType stream) {
    Optional<Holding> holding = archive.flatMap(one -> one.holding(stream.name()));
    if (holding.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no topic '%s' to judge, and no archive that has its events"
              .formatted(stream.topic()));
    }
    return new Plan(
        stream,
        Map.of(),
        Map.of(),
        Optional.of(new UpTo("", Map.of())),
        Optional.of(instant(holding.get().from())),
        holes(holding.get()));
  }

  private List<Part> parts(
      KafkaConsumer<byte[], byte[]> consumer,
      Set<TopicPartition> partitions,
      Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, ANSWER_WITHIN);
    Map<TopicPartition, Long> times = new HashMap<>();
    long earliest = Math.max(0, Math.floorDiv(extent.from(), 1_000_000L) - MOST_AHEAD_MILLIS);
    partitions.forEach(one -> times.put(one, earliest));
    Map<TopicPartition, OffsetAndTimestamp> first = consumer.offsetsForTimes(times, ANSWER_WITHIN);
    List<Part> parts = new ArrayList<>();
    for (TopicPartition one : partitions) {
      @Nullable OffsetAndTimestamp at = first.get(one);
      parts.add(
          new Part(
              one.partition(),
              begins.getOrDefault(one, 0L),
              at == null ? ends.getOrDefault(one, 0L) : at.offset(),
              at == null ? null : Instant.ofEpochMilli(Math.max(0, at.timestamp()))));
    }
    return parts;
  }

  private Plan plan(
      StreamType stream,
      List<Part> parts,
      Map<TopicPartition, Long> from,
      Map<TopicPartition, Long> ends) {
    if (archive.isEmpty() || parts.stream().noneMatch(Part::isCutOff)) {
      Optional<Instant> since =
          parts.stream()
              .filter(one -> one.isCutOff() && one.begin() > 0)
              .map(PastPlans::first)
              .max(Comparator.naturalOrder());
      return new Plan(stream, from, ends, Optional.empty(), since, List.of());
    }
    Archive kept = archive.get();
    String topicId = topicId(stream.topic());
    Map<Integer, Long> cut = new HashMap<>();
    List<Hole> holes =
        new ArrayList<>(kept.holding(stream.name()).map(this::holes).orElse(List.of()));
    Optional<Instant> since = Optional.empty();
    for (Part part : parts) {
      cut.put(part.number(), part.from());
      if (part.isCutOff() && part.begin() > 0) {
        Optional<Kept> has = kept.kept(stream.name(), topicId, part.number());
        Optional<Instant> begins =
            has.isEmpty()
                ? Optional.of(first(part))
                : has.filter(one -> one.from() > 0).map(Kept::since);
        since = later(since, begins);
        has.filter(one -> one.until() < part.begin())
            .map(one -> new Hole(one.last(), first(part), part.begin() - one.until()))
            .filter(this::isInRange)
            .ifPresent(holes::add);
      }
    }
    return new Plan(stream, from, ends, Optional.of(new UpTo(topicId, cut)), since, holes);
  }

  /** An empty partition that was not always empty has forgotten all until now. */
  private static Instant first(Part part) {
    Instant first = part.first();
    return first == null ? Instant.ofEpochMilli(System.currentTimeMillis()) : first;
  }

  private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
    return Stream.of(one, other).flatMap(Optional::stream).max(Comparator.naturalOrder());
  }

  private List<Hole> holes(Holding holding) {
    return holding.holes().stream()
        .map(one -> new Hole(one.after(), one.before(), one.untilOffset() - one.fromOffset()))
        .filter(this::isInRange)
        .toList();
  }

  private boolean isInRange(Hole hole) {
    return instant(extent.from()).isBefore(hole.before())
        && instant(extent.to()).isAfter(hole.after());
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }

  /** By which a topic that was made anew is told from the one before. */
  private String topicId(String topic) {
    try (var admin = Admin.create(settings)) {
      var topics =
          admin
              .describeTopics(List.of(topic))
              .allTopicNames()
              .get(ANSWER_WITHIN.toSeconds(), TimeUnit.SECONDS);
      return Objects.requireNonNull(topics.get(topic), "asked for").topicId().toString();
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    } catch (java.util.concurrent.TimeoutException late) {
      throw new TimeoutException("the broker did not describe " + topic, late);
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof KafkaException known
          ? known
          : new KafkaException(failure.getCause());
    }
  }
}
