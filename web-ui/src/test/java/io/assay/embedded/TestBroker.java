package io.assay.embedded;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.NewTopic;

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
