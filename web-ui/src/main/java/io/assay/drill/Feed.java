package io.assay.drill;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the events, as fast as is needed for the last to be sent when the last fault is over: it is
 * never done before, and never pauses.
 */
final class Feed implements AutoCloseable {
  private static final long SLICE_MILLIS = 20;

  private final KafkaProducer<byte[], byte[]> producer;
  private final long events;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Thread thread;
  private volatile long endNanos;
  private volatile boolean hurry;
  private volatile boolean closed;

  Feed(String servers, long events) {
    this.events = events;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", servers,
                "acks", "all",
                "enable.idempotence", true,
                "delivery.timeout.ms", 300_000,
                "request.timeout.ms", 10_000,
                "reconnect.backoff.max.ms", 500,
                "linger.ms", 5,
                "batch.size", 65536),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.thread = Thread.ofPlatform().name("drill-feed").daemon().unstarted(this::run);
  }

  /** {@code within}: about when the last one is to be sent. */
  void start(Duration within) {
    lasts(within);
    thread.start();
  }

  /** It will go on for so long from now. */
  void lasts(Duration more) {
    endNanos = System.nanoTime() + more.toNanos();
  }

  /** Sends what is left at full speed, with the last event of each key, and waits. */
  void finish() throws InterruptedException {
    hurry = true;
    thread.join();
    for (int key = 0; key < DrillEvents.KEYS; key++) {
      send(
          new ProducerRecord<>(
              DrillEvents.TOPIC, utf8(DrillEvents.key(key)), utf8(DrillEvents.last(key, events))));
    }
    producer.flush();
    Exception failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("an event could not be sent: " + failed, failed);
    }
  }

  private void run() {
    double due = 0;
    long number = 0;
    while (number < events && !closed) {
      if (!hurry) {
        double seconds = Math.max(3, (endNanos - System.nanoTime()) / 1e9);
        due += (events - number) / seconds * SLICE_MILLIS / 1000;
        pause();
      }
      for (; number < events && (hurry || due >= 1); due--) {
        send(
            new ProducerRecord<>(
                DrillEvents.TOPIC,
                utf8(DrillEvents.key(number)),
                utf8(DrillEvents.json(number++))));
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(SLICE_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    var unused =
        producer.send(
            record,
            (metadata, failed) -> {
              if (failed != null) {
                failure.compareAndSet(null, failed);
              }
            });
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
