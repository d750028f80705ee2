package io.assay.stream.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.embedded.TestBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** With a real broker. */
class UnreadRecordsTest {
  private static final int BACKLOG = 50;

  private final UnreadRecords unread = new UnreadRecords();
  private final String topic = TestBroker.shared().name("backlog");
  private final Map<String, Object> config =
      Map.of(
          "bootstrap.servers",
          TestBroker.shared().bootstrapServers(),
          "auto.offset.reset",
          "earliest",
          "max.poll.records",
          10);

  @Test
  void aPartitionIsAllReadWhenItsBacklogIs() {
    TestBroker.shared().createTopics(List.of(new NewTopic(topic, 2, (short) 1)));
    try (Producer<byte[], byte[]> producer =
        unread.getProducer(Map.of("bootstrap.servers", TestBroker.shared().bootstrapServers()))) {
      for (int i = 0; i < BACKLOG; i++) {
        var unused = producer.send(new ProducerRecord<>(topic, 1, null, new byte[1]));
      }
      producer.flush();
    }
    try (Consumer<byte[], byte[]> consumer = unread.getConsumer(config)) {
      consumer.assign(List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1)));
      assertThat(unread.isAllRead(topic, 0)).as("nobody has asked yet").isFalse();
      int read = 0;
      while (read < BACKLOG) {
        assertThat(unread.isAllRead(topic, 1)).as("after %d records", read).isFalse();
        read += consumer.poll(Duration.ofMillis(100)).count();
      }
      assertThat(read).isEqualTo(BACKLOG);
      while (!unread.isAllRead(topic, 0) || !unread.isAllRead(topic, 1)) {
        consumer.poll(Duration.ofMillis(100));
      }
      assertThat(unread.isAllRead("another", 0)).isFalse();
    }
  }
}
