package io.assay.cli;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import io.assay.stream.contract.Topics;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends the lines of a file in their order, each acknowledged by all replicas. */
final class LineProducer {
  private static final int SHOWN = 5;
  private static final long PROGRESS_NANOS = 2_000_000_000L;
  private static final String ANSWER_WITHIN_MILLIS = "10000";

  private final Path file;
  private final StreamType stream;
  private final BrokerAccess access;
  private final String servers;
  private final PrintWriter err;
  private final EventDecoder decoder;
  private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
  private long sent;
  private long unreadable;

  LineProducer(Path file, StreamType stream, BrokerAccess access, PrintWriter err) {
    this.file = file;
    this.stream = stream;
    this.access = access;
    this.servers = access.servers();
    this.err = err;
    this.decoder = EventDecoder.of(stream, Set.of());
  }

  /** Returns how many were sent and acknowledged. */
  long send() throws InterruptedException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      requireTopic();
      try (var producer = new KafkaProducer<byte[], byte[]>(producerSettings())) {
        sendAll(in, producer);
        producer.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (KafkaException e) {
      throw access.failed(e);
    }
    requireAcknowledged();
    if (unreadable > 0) {
      err.println("lines that cannot be read, sent without a key: " + unreadable);
    }
    return sent;
  }

  private void requireTopic() throws InterruptedException {
    Map<String, Object> settings =
        access.with(
            Map.of(
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                ANSWER_WITHIN_MILLIS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                "5000"));
    try (Admin admin = Admin.create(settings)) {
      admin.describeTopics(List.of(stream.topic())).allTopicNames().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        throw CommandFailure.couldNotRun(
            "topic %s of stream '%s' does not exist on %s"
                .formatted(stream.topic(), stream.name(), servers),
            e);
      }
      throw access.failed(e);
    }
  }

  private Map<String, Object> producerSettings() {
    return access.with(
        Map.of(
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class,
            // A topic that has just been made may refuse one batch and take the next.
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            1,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.LINGER_MS_CONFIG,
            20,
            ProducerConfig.BATCH_SIZE_CONFIG,
            256 * 1024,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            Topics.LARGEST_OUTPUT));
  }

  private void sendAll(InputStream in, KafkaProducer<byte[], byte[]> producer) throws IOException {
    long number = 0;
    long reported = System.nanoTime();
    for (byte[] line = line(in); line != null && failure.get() == null; line = line(in)) {
      number++;
      if (!isBlank(line)) {
        send(line, number, producer);
        if (System.nanoTime() - reported > PROGRESS_NANOS) {
          reported = System.nanoTime();
          err.println(sent + " events");
        }
      }
    }
  }

  private void send(byte[] line, long number, KafkaProducer<byte[], byte[]> producer) {
    var source = new Coordinates(file.toString(), 0, number - 1);
    byte @Nullable [] key =
        switch (decoder.decode(line, null, source, Long.MIN_VALUE)) {
          case Decoded.Readable readable -> readable.event().key().getBytes(StandardCharsets.UTF_8);
          case Decoded.Unreadable bad -> {
            if (unreadable++ < SHOWN) {
              err.println("%s:%d: warning: %s".formatted(file, number, bad.detail()));
            }
            yield null;
          }
        };
    var unused =
        producer.send(
            new ProducerRecord<>(stream.topic(), key, line),
            (metadata, e) -> {
              if (e != null) {
                failure.compareAndSet(null, "%s:%d: %s".formatted(file, number, reason(e)));
              }
            });
    sent++;
  }

  private void requireAcknowledged() {
    String first = failure.get();
    if (first != null) {
      throw CommandFailure.couldNotRun("not all was sent, the first that failed is " + first);
    }
  }

  /** The next line's bytes as they are, whatever their encoding; null at the end. */
  private static byte @Nullable [] line(InputStream in) throws IOException {
    int next = in.read();
    if (next < 0) {
      return null;
    }
    var line = new ByteArrayOutputStream(512);
    for (; next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
    }
    return line.toByteArray();
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  /** Kafka's clients wrap what happened; the innermost says it. */
  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
