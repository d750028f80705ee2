package io.assay.drill;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends events at an even rate; when the machine was busy it makes up for it. */
final class StormFeed implements AutoCloseable {
  private static final long SLICE_MILLIS = 20;

  private final KafkaProducer<byte[], byte[]> producer;
  private final StormSettings settings;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Thread thread;
  private volatile boolean closed;
  private volatile Duration took = Duration.ZERO;

  StormFeed(String servers, StormSettings settings) {
    this.settings = settings;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                servers,
                "acks",
                "all",
                "linger.ms",
                20,
                "compression.type",
                "lz4",
                "batch.size",
                131072),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.thread = Thread.ofPlatform().name("storm-feed").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  boolean goesOn() {
    return thread.isAlive();
  }

  /** How many the broker has. */
  long acknowledged() {
    return acknowledged.get();
  }

  /** From the first to the last. */
  Duration took() {
    return took;
  }

  private void run() {
    long begin = System.nanoTime();
    long events = settings.events();
    long number = 0;
    while (number < events && !closed) {
      long due = Math.min(events, (long) ((System.nanoTime() - begin) / 1e9 * settings.rate()) + 1);
      long at = System.currentTimeMillis();
      for (; number < due; number++) {
        send(StormEvents.key(number), StormEvents.json(number, at));
      }
      pause();
    }
    producer.flush();
    took = Duration.ofNanos(System.nanoTime() - begin);
  }

  private static void pause() {
    try {
      Thread.sleep(SLICE_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(String key, String json) {
    var unused =
        producer.send(
            new ProducerRecord<>(StormEvents.TOPIC, utf8(key), utf8(json)),
            (metadata, failed) -> {
              if (failed == null) {
                acknowledged.incrementAndGet();
              } else {
                failure.compareAndSet(null, failed);
              }
            });
  }

  /** What could not be sent, if anything. */
  @Nullable Exception failure() {
    return failure.get();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    closed = true;
    producer.close(Duration.ofSeconds(1));
  }
}
