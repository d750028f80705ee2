package io.assay.web.rounds;

import io.assay.assertion.eval.WholeEvents;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.StreamType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Draws events of a stream's topic, each record alike, whether anything has flagged them or not:
 * what people find in them says what the rules miss. Of millions only those that are drawn are
 * read.
 */
record RandomEvents(Map<String, Object> clients) {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

  /** Behind the last record of a partition there may be a mark that nothing follows. */
  private static final Duration RECORD_WITHIN = Duration.ofSeconds(1);

  /** A place may hold no event: a mark of a transaction, a record that cannot be read. */
  private static final int TRIES = 3;

  /** From an offset on, so many. */
  private record Stretch(TopicPartition partition, long from, long count) {}

  /**
   * What was drawn.
   *
   * @param records of how many
   */
  record Draw(List<WholeEvents.Whole> events, long records) {}

  /**
   * Draws without putting back; fewer where there are no more, or what was drawn is no event.
   *
   * @param since records that the broker took before that are left out
   * @param seed the same draws the same of the same records
   * @throws org.apache.kafka.common.KafkaException where the broker does not answer, or refuses
   */
  Draw draw(StreamType stream, int count, Instant since, long seed) {
    var reading = new WholeEvents(stream);
    List<WholeEvents.Whole> drawn = new ArrayList<>();
    long all;
    try (var consumer = new KafkaConsumer<byte[], byte[]>(settings())) {
      List<Stretch> stretches = stretches(consumer, stream.topic(), since);
      all = stretches.stream().mapToLong(Stretch::count).sum();
      for (long place : places(all, (long) count * TRIES, seed)) {
        if (drawn.size() < count) {
          read(consumer, stretches, place)
              .flatMap(record -> whole(reading, record))
              .ifPresent(drawn::add);
        }
      }
    }
    return new Draw(drawn, all);
  }

  private static Optional<WholeEvents.Whole> whole(
      WholeEvents reading, ConsumerRecord<byte[], byte[]> record) {
    return record.value() == null
        ? Optional.empty()
        : reading.read(
            record.value(),
            new Coordinates(record.topic(), record.partition(), record.offset()),
            Math.multiplyExact(record.timestamp(), 1_000_000L));
  }

  /**
   * In the order in which they were drawn: those that are left out at the end must not be the last.
   */
  private static List<Long> places(long all, long count, long seed) {
    var random = new SplittableRandom(seed);
    var seen = new TreeSet<Long>();
    List<Long> places = new ArrayList<>();
    while (places.size() < Math.min(count, all)) {
      long place = random.nextLong(all);
      if (seen.add(place)) {
        places.add(place);
      }
    }
    return places;
  }

  private static Optional<ConsumerRecord<byte[], byte[]>> read(
      KafkaConsumer<byte[], byte[]> consumer, List<Stretch> stretches, long place) {
    long left = place;
    for (Stretch stretch : stretches) {
      if (left < stretch.count()) {
        TopicPartition partition = stretch.partition();
        consumer.pause(consumer.assignment());
        consumer.resume(List.of(partition));
        consumer.seek(partition, stretch.from() + left);
        return consumer.poll(RECORD_WITHIN).records(partition).stream().findFirst();
      }
      left -= stretch.count();
    }
    throw new IllegalArgumentException("no stretch has the place " + place);
  }

  private static List<Stretch> stretches(
      KafkaConsumer<byte[], byte[]> consumer, String topic, Instant since) {
    List<PartitionInfo> known = consumer.partitionsFor(topic, ANSWER_WITHIN);
    List<TopicPartition> partitions =
        Objects.requireNonNullElse(known, List.<PartitionInfo>of()).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .sorted(Comparator.comparingInt(TopicPartition::partition))
            .toList();
    // What it is asked of must be its own, else it warns of each.
    consumer.assign(partitions);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, ANSWER_WITHIN);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER_WITHIN);
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, since.toEpochMilli()));
    Map<TopicPartition, OffsetAndTimestamp> from =
        new TreeMap<>(Comparator.comparingInt(TopicPartition::partition));
    consumer
        .offsetsForTimes(times, ANSWER_WITHIN)
        .forEach(
            (partition, found) -> {
              if (found != null) {
                from.put(partition, found);
              }
            });
    List<Stretch> stretches = new ArrayList<>();
    from.forEach(
        (partition, found) -> {
          long begin = Math.max(found.offset(), begins.getOrDefault(partition, 0L));
          stretches.add(
              new Stretch(
                  partition, begin, Math.max(0, ends.getOrDefault(partition, begin) - begin)));
        });
    return stretches;
  }

  private Map<String, Object> settings() {
    var settings = new HashMap<>(clients);
    settings.put("key.deserializer", ByteArrayDeserializer.class);
    settings.put("value.deserializer", ByteArrayDeserializer.class);
    settings.put("enable.auto.commit", false);
    settings.put("isolation.level", "read_committed");
    settings.put("auto.offset.reset", "earliest");
    settings.put("max.poll.records", 1);
    settings.put("max.partition.fetch.bytes", 64 * 1024);
    return settings;
  }
}
