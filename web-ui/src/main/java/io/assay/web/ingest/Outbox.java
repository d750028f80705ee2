package io.assay.web.ingest;

import io.assay.stream.contract.BrokerTrouble;
import io.assay.stream.contract.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Hands records to the broker and waits until all replicas have them, or a bounded time. */
final class Outbox implements AutoCloseable {
  /** A thread waits so long for room, or to be told where a topic is. */
  private static final long MOST_BLOCKED_MILLIS = 3000;

  private final Map<String, Object> settings;
  private final Duration answerWithin;
  private @Nullable Producer<byte[], byte[]> producer;

  /** {@code ofAll}: settings of all clients of Kafka. */
  Outbox(IngestSettings settings, Map<String, String> ofAll) {
    this.answerWithin = settings.answerWithin();
    this.settings = producerSettings(settings, ofAll);
  }

  private static Map<String, Object> producerSettings(
      IngestSettings settings, Map<String, String> ofAll) {
    long within = settings.answerWithin().toMillis();
    long linger = Math.min(5, within / 10);
    var out = new HashMap<String, Object>();
    out.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    out.put(ProducerConfig.CLIENT_ID_CONFIG, "assay-ingest");
    out.put(ProducerConfig.ACKS_CONFIG, "all");
    out.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // A topic that has just been made may refuse one batch and take the next.
    out.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    out.put(ProducerConfig.LINGER_MS_CONFIG, linger);
    out.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
    out.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    out.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.LARGEST_OUTPUT);
    out.put(ProducerConfig.BUFFER_MEMORY_CONFIG, settings.maxInFlight().toBytes() + (32L << 20));
    out.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Math.min(MOST_BLOCKED_MILLIS, within));
    out.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(50, within / 2));
    out.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, within);
    out.putAll(ofAll);
    if (!settings.bootstrapServers().isBlank()) {
      out.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    }
    out.putAll(settings.kafka());
    // Kafka takes texts for numbers, but no long for an int.
    out.replaceAll((name, value) -> value instanceof Number number ? number.toString() : value);
    return out;
  }

  /** Made when it is first needed: a broker that is away must not keep the pages from starting. */
  private synchronized Producer<byte[], byte[]> producer() {
    Producer<byte[], byte[]> made = producer;
    if (String.valueOf(settings.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG)).isBlank()) {
      throw new RequestRefused(
          HttpStatus.SERVICE_UNAVAILABLE,
          "this instance knows no broker; assay.ingest.bootstrap-servers names it");
    }
    if (made == null) {
      made = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
      producer = made;
    }
    return made;
  }

  /** The causes of those that are not acknowledged, by their place in the list; none: all are. */
  Map<Integer, Throwable> send(List<ProducerRecord<byte[], byte[]>> records) {
    List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
    Throwable stopped = null;
    for (ProducerRecord<byte[], byte[]> record : records) {
      try {
        Future<RecordMetadata> one = producer().send(record);
        sent.add(one);
        // Each would wait as long for what the first did not get.
        stopped = one.isDone() ? failure(one, 0) : null;
      } catch (KafkaException failure) {
        stopped = failure;
        forget();
      }
      if (stopped != null) {
        break;
      }
    }
    Map<Integer, Throwable> failed = await(sent, records.size(), stopped);
    if (failed.values().stream().anyMatch(Outbox::isForGood)) {
      forget();
    }
    return failed;
  }

  /** An idempotent producer fails all that follows once it was let in nowhere. */
  private static boolean isForGood(Throwable failure) {
    return failure instanceof AuthenticationException || failure instanceof AuthorizationException;
  }

  /** One that throws rather than fails a record is not usable any more; the next is another. */
  private synchronized void forget() {
    Producer<byte[], byte[]> unusable = producer;
    producer = null;
    if (unusable != null) {
      unusable.close(Duration.ZERO);
    }
  }

  private Map<Integer, Throwable> await(
      List<Future<RecordMetadata>> sent, int records, @Nullable Throwable stopped) {
    Map<Integer, Throwable> failed = new LinkedHashMap<>();
    // The producer gives up by itself by then.
    long until = System.nanoTime() + answerWithin.toNanos() + TimeUnit.SECONDS.toNanos(1);
    for (int i = 0; i < records; i++) {
      Throwable failure =
          i < sent.size() ? failure(sent.get(i), until - System.nanoTime()) : stopped;
      if (failure != null) {
        failed.put(i, failure);
      }
    }
    return failed;
  }

  private static @Nullable Throwable failure(Future<RecordMetadata> sent, long nanos) {
    try {
      sent.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
      return null;
    } catch (ExecutionException failure) {
      return failure.getCause() == null ? failure : failure.getCause();
    } catch (TimeoutException late) {
      return late;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return stopping;
    }
  }

  /** Why records were not acknowledged, for whoever runs this. */
  String told(Throwable failure) {
    return BrokerTrouble.told(
        String.valueOf(settings.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG)),
        settings,
        "assay.kafka.*",
        failure);
  }

  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close(Duration.ofSeconds(5));
    }
  }
}
