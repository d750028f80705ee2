package io.assay.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** One real Kafka broker for all tests of a JVM; take names of your own, {@link #name} helps. */
public final class TestBroker {
  private final EmbeddedBroker broker;
  private final AtomicInteger names = new AtomicInteger();

  private TestBroker(EmbeddedBroker broker) {
    this.broker = broker;
  }

  /** Started at the first call, stopped when the JVM ends. */
  public static TestBroker shared() {
    return Holder.SHARED;
  }

  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** A name for a topic, prefix, group or application that nobody else has. */
  public String name(String stem) {
    return stem + "-" + names.incrementAndGet();
  }

  /** Makes a topic under a name that nobody else has, and returns the name. */
  public String freshTopic(String stem, int partitions) {
    String topic = name(stem);
    createTopics(List.of(new NewTopic(topic, partitions, (short) 1)));
    return topic;
  }

  public void createTopics(List<NewTopic> topics) {
    Topics.create(bootstrapServers(), topics);
  }

  /**
   * By one producer for all tests, as making one costs more than sending; returns when all are
   * there.
   */
  public void send(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
    var acknowledged = new ArrayList<Future<RecordMetadata>>();
    records.forEach(record -> acknowledged.add(Sending.PRODUCER.send(record)));
    for (Future<RecordMetadata> sent : acknowledged) {
      sent.get();
    }
  }

  private static final class Sending {
    static final KafkaProducer<byte[], byte[]> PRODUCER = start();

    private static KafkaProducer<byte[], byte[]> start() {
      // One batch at a time: a topic that was just made may refuse the first and take the second,
      // and then waits for a sequence that never comes.
      KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(
              Map.of(
                  "bootstrap.servers",
                  shared().bootstrapServers(),
                  "acks",
                  "all",
                  "max.in.flight.requests.per.connection",
                  1),
              new ByteArraySerializer(),
              new ByteArraySerializer());
      TestFolders.atExit(producer);
      return producer;
    }
  }

  private static final class Holder {
    static final TestBroker SHARED = start();

    private static TestBroker start() {
      EmbeddedBroker broker =
          EmbeddedBroker.start(
              TestFolders.untilExit("kafka").resolve("data"),
              TestFolders.freePort(),
              TestFolders.freePort());
      TestFolders.atExit(broker);
      return new TestBroker(broker);
    }
  }
}
