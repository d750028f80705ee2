package io.assay.web.backtests;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.scenario.Payload;
import io.assay.assertion.scenario.Payloads;
import io.assay.stream.contract.HeaderNames;
import io.assay.stream.contract.SentAs;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a topic now, in the order in which it was received; the records of a partition in
 * their order.
 */
public final class TopicPayloads implements Payloads, AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();
  private static final int ENOUGH = 2000;
  private static final byte[] NOTHING = new byte[0];

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Function<String, RuntimeException> silent;
  private final List<Lane> lanes = new ArrayList<>();
  private long wanted;

  private static final class Lane {
    private final TopicPartition partition;
    private final long end;
    private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
    private long position;

    Lane(TopicPartition partition, long from, long end) {
      this.partition = partition;
      this.position = from;
      this.end = end;
    }

    boolean isOver() {
      return position >= end && waiting.isEmpty();
    }

    /** A later one of the partition never counts as received earlier than its first. */
    long received() {
      return waiting.getFirst().timestamp();
    }
  }

  /**
   * @param consumer is closed with this
   * @param silent what is thrown when the broker, of which a sentence goes on, sends no more
   * @param from where to begin in each partition
   * @param ends where to end
   */
  public TopicPayloads(
      KafkaConsumer<byte[], byte[]> consumer,
      Function<String, RuntimeException> silent,
      Map<TopicPartition, Long> from,
      Map<TopicPartition, Long> ends) {
    this.consumer = consumer;
    this.silent = silent;
    consumer.assign(from.keySet());
    from.forEach(
        (partition, offset) -> {
          consumer.seek(partition, offset);
          long end = ends.getOrDefault(partition, offset);
          lanes.add(new Lane(partition, offset, end));
          wanted += Math.max(0, end - offset);
        });
    lanes.sort(Comparator.comparingInt(lane -> lane.partition.partition()));
  }

  @Override
  public @Nullable Payload next() {
    @Nullable Lane first = first();
    return first == null ? null : payload(first.waiting.removeFirst());
  }

  /** When the next one was received, nanoseconds since the epoch; the most where there is none. */
  public long received() {
    @Nullable Lane first = first();
    return first == null ? Long.MAX_VALUE : Math.multiplyExact(first.received(), 1_000_000L);
  }

  private @Nullable Lane first() {
    fill();
    @Nullable Lane first = null;
    for (Lane lane : lanes) {
      if (!lane.isOver() && (first == null || lane.received() < first.received())) {
        first = lane;
      }
    }
    return first;
  }

  /** Each partition that is not over must show its next record before one can be chosen. */
  private void fill() {
    long since = System.nanoTime();
    while (lanes.stream().anyMatch(lane -> lane.waiting.isEmpty() && !lane.isOver())) {
      for (Lane lane : lanes) {
        if (lane.position >= lane.end || lane.waiting.size() >= ENOUGH) {
          consumer.pause(List.of(lane.partition));
        } else {
          consumer.resume(List.of(lane.partition));
        }
      }
      var records = consumer.poll(POLL);
      boolean came = false;
      for (Lane lane : lanes) {
        for (ConsumerRecord<byte[], byte[]> record : records.records(lane.partition)) {
          if (record.offset() < lane.end) {
            lane.waiting.add(record);
          }
        }
        // Records of transactions that never happened are passed over without being seen.
        long position = consumer.position(lane.partition);
        came |= position > lane.position;
        lane.position = position;
      }
      long now = System.nanoTime();
      if (came) {
        since = now;
      } else if (now - since > PATIENCE_NANOS) {
        throw silent.apply(
            "has sent nothing for %d seconds"
                .formatted(Duration.ofNanos(PATIENCE_NANOS).toSeconds()));
      }
    }
  }

  private static Payload payload(ConsumerRecord<byte[], byte[]> record) {
    byte @Nullable [] value = record.value();
    long received =
        record.timestamp() < 0
            ? Payload.RECEIVED_UNKNOWN
            : Math.multiplyExact(
                Math.min(record.timestamp(), System.currentTimeMillis()), 1_000_000L);
    return Payload.of(
            value == null ? NOTHING : value,
            new Coordinates(record.topic(), record.partition(), record.offset()),
            received,
            HeaderNames.text(record.headers(), HeaderNames.TRACEPARENT))
        .sentAs(SentAs.of(record.headers()));
  }

  @Override
  public String place(Coordinates source) {
    return source.topic() + '-' + source.partition() + '@' + source.offset();
  }

  /** How many records there are to read. */
  public long wanted() {
    return wanted;
  }

  /** Of those wanted, how many have been passed. */
  public long read() {
    long left = 0;
    for (Lane lane : lanes) {
      left += Math.max(0, lane.end - lane.position) + lane.waiting.size();
    }
    return wanted - left;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
