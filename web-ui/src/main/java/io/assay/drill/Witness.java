package io.assay.drill;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the violations that are committed while the drill goes on, and how long none came: of each
 * task's keys by themselves, since a task that is down is not seen in the sum.
 */
final class Witness implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread;
  private final Map<String, List<byte[]>> found = new LinkedHashMap<>();
  private final Map<Integer, Long> spoke = new HashMap<>();
  private final Map<String, Long> newest = new HashMap<>();
  private final TreeSet<String> disordered = new TreeSet<>();
  private final int tasks;
  private long longestNanos;
  private long count;
  private volatile boolean closed;

  Witness(String servers, String topic, int tasks) {
    this.tasks = tasks;
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                servers,
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest",
                "reconnect.backoff.max.ms",
                200,
                "max.poll.records",
                5000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList());
    thread = Thread.ofPlatform().name("drill-witness").daemon().start(this::run);
  }

  private void run() {
    while (!closed) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
        take(record);
      }
    }
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
  }

  private synchronized void take(ConsumerRecord<byte[], byte[]> record) {
    Violation violation = ViolationJson.read(record.value());
    found.computeIfAbsent(violation.id(), id -> new ArrayList<>(1)).add(record.value());
    count++;
    String series = violation.assertion() + ' ' + violation.key();
    Long before = newest.merge(series, violation.at(), Math::max);
    if (before > violation.at()) {
      disordered.add(series);
    }
    long now = System.nanoTime();
    // Windows come when they are over, not steadily.
    if (!violation.key().isEmpty()) {
      Long last = spoke.put(task(violation.key()), now);
      if (last != null) {
        longestNanos = Math.max(longestNanos, now - last);
      }
    }
  }

  /** By Kafka's default, which the internal topic goes by. */
  private int task(String key) {
    return BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), tasks);
  }

  /** Begins to measure anew. */
  synchronized void begin() {
    longestNanos = 0;
  }

  /** The longest time since {@link #begin} in which a task had nothing new. */
  synchronized Duration longestGap() {
    long now = System.nanoTime();
    long open = spoke.values().stream().mapToLong(last -> now - last).max().orElse(0);
    return Duration.ofNanos(Math.max(longestNanos, open));
  }

  /** Whether every task had something new since a time of {@link System#nanoTime}. */
  synchronized boolean allSpokeSince(long nanos) {
    return spoke.size() == tasks && spoke.values().stream().allMatch(last -> last - nanos > 0);
  }

  synchronized long count() {
    return count;
  }

  /** What was read of each violation, by id. */
  synchronized Map<String, List<byte[]>> found() {
    return new LinkedHashMap<>(found);
  }

  /** Assertions and keys of which a violation came after a later one. */
  synchronized List<String> disordered() {
    return List.copyOf(disordered);
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join(3_000);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
