package io.assay.stream.contract;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Tells the processors which version of an imputer a person wants. */
public final class ImputerWriter {
  private static final Duration WITHIN = Duration.ofSeconds(15);

  private final Map<String, Object> clients;
  private final Topics topics;

  /** {@code clients}: settings of Kafka's clients, the bootstrap servers among them. */
  public ImputerWriter(Map<String, ?> clients, Topics topics) {
    this.clients = Map.copyOf(clients);
    this.topics = topics;
  }

  /**
   * Returns when the broker has it; the processors act on it within seconds.
   *
   * @param again the version, where the topic has forgotten it
   * @throws KafkaException if the broker does not take it
   */
  public void want(ImputerChoice choice, Optional<ImputerVersion> again) {
    var settings = new HashMap<String, Object>(clients);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, WITHIN.toMillis());
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) WITHIN.toMillis());
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.LARGEST_OUTPUT);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    byte[] key = new ImputerKey.Wanted(choice.project(), choice.stream()).bytes();
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      if (again.isPresent()) {
        for (ProducerRecord<byte[], byte[]> record : again.get().records(topics.imputers())) {
          producer.send(record).get();
        }
      }
      producer.send(new ProducerRecord<>(topics.imputers(), key, choice.json())).get();
    } catch (ExecutionException refused) {
      throw refused.getCause() instanceof KafkaException why
          ? why
          : new KafkaException("the choice was not written", refused.getCause());
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }
}
