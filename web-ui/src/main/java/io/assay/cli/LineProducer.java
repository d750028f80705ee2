package io.assay.cli;

import io.assay.assertion.event.Coordinates;
import io.assay.stream.contract.Topics;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
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

/** Sends lines in their order, each acknowledged by all replicas. */
final class LineProducer {
  private static final int SHOWN = 5;
  private static final long PROGRESS_NANOS = 2_000_000_000L;
  private static final String ANSWER_WITHIN_MILLIS = "10000";

  private final Lines lines;
  private final Target target;
  private final BrokerAccess access;
  private final PrintWriter err;
  private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
  private long sent;
  private long unreadable;

  LineProducer(Lines lines, Target target, BrokerAccess access, PrintWriter err) {
    this.lines = lines;
    this.target = target;
    this.access = access;
    this.err = err;
  }

  /** Returns how many were sent and acknowledged. */
  long send() throws InterruptedException {
    try (InputStream in = new BufferedInputStream(lines.open(), 1 << 16)) {
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
      admin.describeTopics(List.of(target.topic())).allTopicNames().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        throw CommandFailure.couldNotRun(
            "topic %s%s does not exist on %s%s"
                .formatted(target.topic(), target.of(), access.servers(), target.hint()),
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
    byte @Nullable [] key =
        switch (target.key(line, new Coordinates(lines.name(), 0, number - 1))) {
          case Target.Key.Given(String text) -> text.getBytes(StandardCharsets.UTF_8);
          case Target.Key.Absent() -> null;
          case Target.Key.Unreadable(String detail) -> {
            if (unreadable++ < SHOWN) {
              err.println("%s:%d: warning: %s".formatted(lines.name(), number, detail));
            }
            yield null;
          }
        };
    var unused =
        producer.send(
            new ProducerRecord<>(target.topic(), key, line),
            (metadata, e) -> {
              if (e != null) {
                failure.compareAndSet(null, "%s:%d: %s".formatted(lines.name(), number, reason(e)));
              }
            });
    sent++;
  }

  /**
   * Where lines come from.
   *
   * @param name for messages
   */
  record Lines(String name, Source source) {
    /** Opens them; whoever reads them closes them. */
    interface Source {
      InputStream open() throws IOException;
    }

    InputStream open() throws IOException {
      return source.open();
    }
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
