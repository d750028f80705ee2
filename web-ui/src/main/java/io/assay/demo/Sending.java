package io.assay.demo;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events of a simulated world on their way to the broker. */
final class Sending implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sending.class);

  private final String name;
  private final Producer<String, String> producer;
  private volatile boolean open = true;
  private volatile boolean failing;

  /** {@code name}: which world's they are, for the log. */
  Sending(String bootstrapServers, String name) {
    this.name = name;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "client.id",
                "demo-" + name,
                // A topic that has just been made may refuse one batch and take the next.
                "max.in.flight.requests.per.connection",
                1,
                "linger.ms",
                5),
            new StringSerializer(),
            new StringSerializer());
  }

  void send(String topic, String key, String value) {
    send(new ProducerRecord<>(topic, key, value));
  }

  /** {@code at}: the record's time, where the topic takes that of who sends. */
  void send(String topic, String key, long at, String value) {
    send(new ProducerRecord<>(topic, null, at, key, value));
  }

  /** To each partition, as what is said of a topic as a whole. */
  void sendToAll(String topic, int partitions, String value) {
    for (int partition = 0; partition < partitions; partition++) {
      send(new ProducerRecord<>(topic, partition, null, value));
    }
  }

  private void send(ProducerRecord<String, String> event) {
    var unused =
        producer.send(
            event,
            (sent, failure) -> {
              if (failure != null && !failing && open) {
                LOG.warn("an event of the {} could not be sent: {}", name, failure.toString());
              }
              failing = failure != null;
            });
  }

  @Override
  public void close() {
    open = false;
    producer.close(Duration.ofSeconds(2));
  }
}
