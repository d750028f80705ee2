package io.assay.stream.training;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.EventDecoder;
import io.assay.imputation.Reservoir;
import io.assay.stream.imputation.GroupTable;
import io.assay.stream.imputation.ImputedStream;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the last events of a stream back from its topic, into a reservoir for each partition, which
 * are merged. Nothing is kept between two trainings: the topic has it.
 */
final class ReadBack implements AutoCloseable {
  /** More rows take more memory than they make an imputer better. */
  static final int MOST_ROWS = 50_000;

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration WITHOUT_PROGRESS = Duration.ofSeconds(30);

  private final ImputedStream stream;
  private final GroupTable table;
  private final EventDecoder decoder;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Forgotten forgotten;
  private final Clock clock;

  /**
   * @param settings of a consumer without a group
   * @param forgotten events that are passed over
   */
  ReadBack(ImputedStream stream, Map<String, Object> settings, Forgotten forgotten, Clock clock) {
    this.forgotten = forgotten;
    this.stream = stream;
    this.table = GroupTable.of(stream.fields());
    Set<String> reads =
        table.names().stream()
            .map(name -> stream.group().name() + "." + name)
            .collect(Collectors.toSet());
    this.decoder = EventDecoder.of(stream.type(), reads);
    this.consumer = new KafkaConsumer<>(settings);
    this.clock = clock;
  }

  /** Where its partitions begin and end; empty where the topic is missing. */
  private record Extent(Map<TopicPartition, Long> beginnings, Map<TopicPartition, Long> ends) {
    long records() {
      return ends.entrySet().stream()
          .mapToLong(one -> one.getValue() - beginnings.getOrDefault(one.getKey(), 0L))
          .sum();
    }
  }

  private Extent extent() {
    List<PartitionInfo> known = consumer.partitionsFor(stream.type().topic());
    List<TopicPartition> partitions =
        known == null
            ? List.of()
            : known.stream().map(one -> new TopicPartition(one.topic(), one.partition())).toList();
    // Of what is not assigned, the client tells that it cannot keep what it is told.
    consumer.assign(partitions);
    return new Extent(consumer.beginningOffsets(partitions), consumer.endOffsets(partitions));
  }

  /** At most how many records the topic has. */
  long available() {
    return extent().records();
  }

  /**
   * @param seed of the reservoirs; the same for a stream, always, so that rows that are held back
   *     stay so
   * @param laterSince values that came later than their event are told of if they did since then,
   *     in the broker's milliseconds
   * @param goesOn asked now and then; once it says no, the sample is what was read by then
   * @param told how many records are read by now
   * @throws KafkaException if the broker does not answer as needed
   */
  Sample read(long seed, long laterSince, BooleanSupplier goesOn, LongConsumer told) {
    Extent extent = extent();
    Map<TopicPartition, Long> from =
        LastEvents.from(
            extent.beginnings(),
            extent.ends(),
            stream.lastEvents(),
            clock.millis(),
            millis -> offsetsSince(extent.ends().keySet(), millis));
    from.forEach(consumer::seek);
    return new Reading(seed, extent.ends(), laterSince).read(goesOn, told);
  }

  private Map<TopicPartition, Long> offsetsSince(Set<TopicPartition> partitions, long millis) {
    Map<TopicPartition, Long> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, millis));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (Map.Entry<TopicPartition, OffsetAndTimestamp> one :
        consumer.offsetsForTimes(asked).entrySet()) {
      Optional.ofNullable(one.getValue())
          .ifPresent(found -> offsets.put(one.getKey(), found.offset()));
    }
    return offsets;
  }

  /** One read. */
  private final class Reading {
    private final long seed;
    private final Map<TopicPartition, Long> ends;
    private final Map<TopicPartition, Reservoir> reservoirs = new HashMap<>();
    private final LateValues later = new LateValues(table.names());
    private final long laterSince;
    private long halfLife;
    private long read;
    private long unreadable;
    private long fromMillis = Long.MAX_VALUE;

    Reading(long seed, Map<TopicPartition, Long> ends, long laterSince) {
      this.seed = seed;
      this.laterSince = laterSince;
      this.ends = ends;
    }

    Sample read(BooleanSupplier goesOn, LongConsumer told) {
      long progress = System.nanoTime();
      while (goesOn.getAsBoolean() && !isOver()) {
        var records = consumer.poll(POLL);
        records.forEach(this::take);
        told.accept(read);
        if (!records.isEmpty()) {
          progress = System.nanoTime();
        } else if (System.nanoTime() - progress > WITHOUT_PROGRESS.toNanos() && !isOver()) {
          throw new KafkaException(
              "the topic %s needed to be read to %s, and nothing came for %s"
                  .formatted(stream.type().topic(), ends, WITHOUT_PROGRESS));
        }
      }
      Reservoir all = empty();
      for (Reservoir one : reservoirs.values()) {
        all = all.merge(one);
      }
      return new Sample(all, read, unreadable, read == 0 ? clock.millis() : fromMillis, later);
    }

    private boolean isOver() {
      return ends.entrySet().stream()
          .allMatch(one -> consumer.position(one.getKey()) >= one.getValue());
    }

    private Reservoir empty() {
      int capacity = (int) Math.min(MOST_ROWS, stream.lastEvents());
      return new Reservoir(table.names(), capacity, Math.max(1, halfLife), seed);
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
      var partition = new TopicPartition(record.topic(), record.partition());
      if (record.offset() >= ends.getOrDefault(partition, 0L)) {
        return;
      }
      if (halfLife == 0) {
        // A row as old as the first that came weighs a quarter of the newest.
        halfLife = Math.max(1, (clock.millis() - record.timestamp()) / 2);
      }
      read++;
      fromMillis = Math.min(fromMillis, record.timestamp());
      byte[] value = record.value();
      Optional<Event> event = value == null ? Optional.empty() : event(record, value);
      if (event.isEmpty()) {
        unreadable++;
        return;
      }
      if (forgotten.has(event.get().key(), record.timestamp())) {
        return;
      }
      List<String> cells = table.cells(stream.values(event.get().root()));
      reservoirs
          .computeIfAbsent(partition, p -> empty())
          .add(cells, record.timestamp(), ((long) record.partition() << 48) ^ record.offset());
      if (record.timestamp() >= laterSince || cells.contains("")) {
        later.add(LateValues.name(event.get()), cells, record.timestamp() >= laterSince);
      }
    }

    private Optional<Event> event(ConsumerRecord<byte[], byte[]> record, byte[] value) {
      var source = new Coordinates(record.topic(), record.partition(), record.offset());
      return switch (decoder.decode(value, null, source, Long.MIN_VALUE)) {
        case Decoded.Readable(var event) -> Optional.of(event);
        case Decoded.Unreadable ignored -> Optional.empty();
      };
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
