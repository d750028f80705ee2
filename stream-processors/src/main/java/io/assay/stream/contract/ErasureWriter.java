package io.assay.stream.contract;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Tells the processors which key they are to forget. */
public final class ErasureWriter {
  private static final Duration WITHIN = Duration.ofSeconds(15);

  private final Map<String, Object> clients;
  private final Topics topics;

  /** {@code clients}: settings of Kafka's clients, the bootstrap servers among them. */
  public ErasureWriter(Map<String, ?> clients, Topics topics) {
    this.clients = Map.copyOf(clients);
    this.topics = topics;
  }

  /**
   * Returns when the broker has it; to ask once more changes nothing.
   *
   * @throws KafkaException if the broker does not take it
   */
  public void ask(ErasureRequest request) {
    send(List.of(new ProducerRecord<>(topics.erasures(), request.key(), request.json())));
  }

  /**
   * Likewise any records, one after the other.
   *
   * @throws KafkaException if the broker does not take them
   */
  public void send(List<ProducerRecord<byte[], byte[]>> records) {
    var settings = new HashMap<String, Object>(clients);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, WITHIN.toMillis());
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) WITHIN.toMillis());
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (ProducerRecord<byte[], byte[]> record : records) {
        producer.send(record).get();
      }
    } catch (ExecutionException refused) {
      throw refused.getCause() instanceof KafkaException why
          ? why
          : new KafkaException("an erasure was not written", refused.getCause());
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }
}
