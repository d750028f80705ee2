package io.assay.stream.repair;

import io.assay.stream.contract.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what was put aside, in the order in which that happened; for one thread.
 *
 * <p>A page reads each partition from where the page before ended, so that memory holds a page of
 * each at most, without keys, headers and payloads.
 */
public final class AsideReader implements AutoCloseable {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final Comparator<PutAside> ORDER =
      Comparator.comparingLong(PutAside::millis)
          .thenComparingInt(record -> record.position().partition())
          .thenComparingLong(record -> record.position().offset());

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String topic;
  private final boolean late;

  /**
   * Some of what was put aside.
   *
   * @param records without payloads
   * @param next after which the next page begins; null where this is the last
   */
  public record Page(List<PutAside> records, @Nullable Position next) {
    public Page {
      records = List.copyOf(records);
    }
  }

  private AsideReader(Map<String, ?> clients, String topic, boolean late) {
    this.topic = topic;
    this.late = late;
    this.consumer =
        new KafkaConsumer<>(
            settings(clients), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** {@code clients}: settings of Kafka's clients, the bootstrap servers among them. */
  public static AsideReader deadLetters(Map<String, ?> clients, Topics topics) {
    return new AsideReader(clients, topics.deadLetters(), false);
  }

  public static AsideReader late(Map<String, ?> clients, Topics topics) {
    return new AsideReader(clients, topics.late(), true);
  }

  static Map<String, Object> settings(Map<String, ?> clients) {
    Map<String, Object> settings = new HashMap<>(clients);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // A fetch that waits at a partition's end holds up the next question on its connection.
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10);
    return settings;
  }

  /**
   * @param after where the page before ended; null for the first
   * @throws KafkaException if the broker does not answer, or has no such topic
   */
  public Page page(AsideFilter filter, @Nullable Position after, int limit) {
    List<TopicPartition> partitions = partitions();
    Map<TopicPartition, Long> begins = begins(partitions, filter, after);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER_WITHIN);
    long afterMillis = after == null ? Long.MIN_VALUE : millisOf(after);
    List<PutAside> found = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      long written = ends.getOrDefault(partition, 0L);
      Ends upTo = filter.upTo();
      long end = upTo == null ? written : Math.min(written, upTo.of(partition.partition()));
      long begin = begins.getOrDefault(partition, 0L);
      int before = found.size();
      scan(
          partition,
          begin,
          end,
          record -> {
            PutAside read = read(record, false);
            boolean seen = after != null && isSeen(read, afterMillis, after);
            if (!seen && filter.takes(read)) {
              found.add(read);
            }
            boolean over = filter.until() != null && read.millis() >= filter.until();
            return !over && found.size() - before <= limit;
          });
    }
    found.sort(ORDER);
    return found.size() <= limit
        ? new Page(found, null)
        : new Page(found.subList(0, limit), found.get(limit - 1).position());
  }

  /** How far it goes now. */
  public Ends ends() {
    Map<Integer, Long> ends = new HashMap<>();
    consumer
        .endOffsets(partitions(), ANSWER_WITHIN)
        .forEach((partition, end) -> ends.put(partition.partition(), end));
    return Ends.of(ends);
  }

  private static boolean isSeen(PutAside record, long millis, Position after) {
    Position position = record.position();
    return position.partition() == after.partition()
        ? position.offset() <= after.offset()
        : record.millis() < millis
            || (record.millis() == millis && position.partition() < after.partition());
  }

  /** With its payload; empty where no such record is there, or no longer. */
  public Optional<PutAside> read(Position position) {
    return one(position).map(record -> read(record, true));
  }

  private PutAside read(ConsumerRecord<byte[], byte[]> record, boolean whole) {
    return late ? PutAside.late(record, whole) : PutAside.deadLetter(record, whole);
  }

  private Optional<ConsumerRecord<byte[], byte[]>> one(Position position) {
    var partition = new TopicPartition(topic, position.partition());
    List<TopicPartition> all = partitions();
    if (!all.contains(partition)) {
      return Optional.empty();
    }
    long begin = consumer.beginningOffsets(all, ANSWER_WITHIN).getOrDefault(partition, 0L);
    long end = consumer.endOffsets(all, ANSWER_WITHIN).getOrDefault(partition, 0L);
    if (position.offset() < begin || position.offset() >= end) {
      return Optional.empty();
    }
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    scan(
        partition,
        position.offset(),
        end,
        record -> {
          if (record.offset() == position.offset()) {
            found.add(record);
          }
          return false;
        });
    return found.stream().findFirst();
  }

  /** Of one that the broker has deleted the least: a page then rather repeats than misses. */
  private long millisOf(Position position) {
    return one(position).map(ConsumerRecord::timestamp).orElse(Long.MIN_VALUE);
  }

  private Map<TopicPartition, Long> begins(
      List<TopicPartition> partitions, AsideFilter filter, @Nullable Position after) {
    Map<TopicPartition, Long> begins =
        new HashMap<>(consumer.beginningOffsets(partitions, ANSWER_WITHIN));
    long from = filter.since() == null ? 0 : Math.max(0, filter.since());
    if (after != null) {
      from = Math.max(from, millisOf(after));
    }
    if (from > 0) {
      Map<TopicPartition, Long> times = new HashMap<>();
      for (TopicPartition partition : partitions) {
        times.put(partition, from);
      }
      Map<TopicPartition, OffsetAndTimestamp> first =
          consumer.offsetsForTimes(times, ANSWER_WITHIN);
      for (TopicPartition partition : partitions) {
        OffsetAndTimestamp at = first.get(partition);
        begins.put(partition, at == null ? Long.MAX_VALUE : at.offset());
      }
    }
    return begins;
  }

  /** Whether more is wanted. */
  private interface Each {
    boolean take(ConsumerRecord<byte[], byte[]> record);
  }

  private void scan(TopicPartition partition, long begin, long end, Each each) {
    if (begin >= end) {
      return;
    }
    consumer.assign(List.of(partition));
    consumer.seek(partition, begin);
    long at = begin;
    long until = System.nanoTime() + ANSWER_WITHIN.toNanos();
    while (at < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        if (record.offset() >= end || !each.take(record)) {
          return;
        }
      }
      long now = consumer.position(partition, ANSWER_WITHIN);
      if (now > at) {
        until = System.nanoTime() + ANSWER_WITHIN.toNanos();
      } else if (System.nanoTime() - until > 0) {
        throw new KafkaException(
            "%s needed to be read to %d, and was to %d".formatted(partition, end, now));
      }
      at = now;
    }
  }

  private List<TopicPartition> partitions() {
    List<PartitionInfo> found = consumer.partitionsFor(topic, ANSWER_WITHIN);
    if (found == null || found.isEmpty()) {
      throw new KafkaException("the broker has no topic '" + topic + "'");
    }
    List<TopicPartition> all =
        found.stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .sorted(Comparator.comparingInt(TopicPartition::partition))
            .toList();
    // Of partitions that are not assigned the client warns when it is told their ends.
    consumer.assign(all);
    return all;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
