package io.assay.stream.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Tells whoever listens what rounds propose. */
public final class SampleWriter {
  private static final Duration WITHIN = Duration.ofSeconds(15);

  private final Map<String, Object> clients;
  private final Topics topics;

  /** {@code clients}: settings of Kafka's clients, the bootstrap servers among them. */
  public SampleWriter(Map<String, ?> clients, Topics topics) {
    this.clients = Map.copyOf(clients);
    this.topics = topics;
  }

  /**
   * Returns when the broker has all of them.
   *
   * @throws KafkaException if it does not take one; others may have been written
   */
  public void write(List<SampleRecord> samples) {
    var settings = new HashMap<String, Object>(clients);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.LARGEST_OUTPUT);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, WITHIN.toMillis());
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) WITHIN.toMillis());
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>(samples.size());
      for (SampleRecord sample : samples) {
        sent.add(
            producer.send(
                new ProducerRecord<>(topics.samples(), sample.messageKey(), sample.json())));
      }
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    } catch (ExecutionException refused) {
      throw refused.getCause() instanceof KafkaException why
          ? why
          : new KafkaException("samples were not written", refused.getCause());
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }
}
