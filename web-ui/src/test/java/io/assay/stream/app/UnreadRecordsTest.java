package io.assay.stream.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.embedded.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
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
      consumer.poll(Duration.ofMillis(100));
      assertThat(unread.isAllRead(topic, 1)).as("none was handed on").isFalse();
      unread.taking(topic, 1).accept(BACKLOG - 1);
      while (!unread.isAllRead(topic, 0) || !unread.isAllRead(topic, 1)) {
        consumer.poll(Duration.ofMillis(100));
      }
      assertThat(unread.isAllRead("another", 0)).isFalse();
    }
  }

  /** Kafka Streams fetches many at once; until the last has had its turn, not all is read. */
  @Test
  void whatIsFetchedAndWaitsForItsTurnIsNotRead() throws Exception {
    TestBroker.shared().createTopics(List.of(new NewTopic(topic, 2, (short) 1)));
    send(BACKLOG);
    var first = new Slow(unread);
    try (KafkaStreams streams = first.start()) {
      await(() -> first.taken.get() == BACKLOG && unread.isAllRead(topic, 0));
      await(() -> unread.isAllRead(topic, 1));
      assertThat(first.looks.get()).as("looked at between records").isPositive();
      assertThat(first.tooEarly).isEmpty();

      var second = new Slow(new UnreadRecords());
      try (KafkaStreams other = second.start()) {
        await(() -> streams.metadataForLocalThreads().stream().mapToInt(Slow::tasks).sum() == 1);
        await(() -> other.metadataForLocalThreads().stream().mapToInt(Slow::tasks).sum() == 1);
        send(BACKLOG);
        await(() -> second.taken.get() > 0);
      }
      // What the other had fetched and did not come to is fetched here again.
      await(() -> unread.isAllRead(topic, 0) && unread.isAllRead(topic, 1));
      assertThat(first.taken.get() + second.taken.get()).isGreaterThanOrEqualTo(2 * BACKLOG);
      assertThat(streams.state()).isEqualTo(KafkaStreams.State.RUNNING);
    }
  }

  private void send(int count) {
    try (Producer<byte[], byte[]> producer =
        unread.getProducer(Map.of("bootstrap.servers", TestBroker.shared().bootstrapServers()))) {
      for (int i = 0; i < count; i++) {
        var unused = producer.send(new ProducerRecord<>(topic, i % 2, null, new byte[1]));
      }
      producer.flush();
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for two minutes").isLessThan(end);
      Thread.sleep(20);
    }
  }

  /** Takes its time for each record, and looks in between. */
  private final class Slow {
    private final UnreadRecords own;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private final List<Long> tooEarly = new CopyOnWriteArrayList<>();

    private Slow(UnreadRecords own) {
      this.own = own;
    }

    private KafkaStreams start() throws IOException {
      var topology = new Topology();
      topology.addSource("read", topic).addProcessor("take", Taking::new, "read");
      var properties = new Properties();
      properties.put("application.id", topic);
      properties.put("bootstrap.servers", TestBroker.shared().bootstrapServers());
      properties.put("auto.offset.reset", "earliest");
      properties.put("default.key.serde", Serdes.ByteArraySerde.class);
      properties.put("default.value.serde", Serdes.ByteArraySerde.class);
      properties.put("commit.interval.ms", 100);
      properties.put("state.dir", Files.createTempDirectory("unread").toString());
      var streams = new KafkaStreams(topology, properties, own);
      streams.start();
      return streams;
    }

    private static int tasks(ThreadMetadata thread) {
      return thread.activeTasks().size();
    }

    /** The processor of one partition. */
    private final class Taking extends ContextualProcessor<byte[], byte[], Void, Void> {
      private LongConsumer taking = offset -> {};
      private int partition;
      private long mine;

      @Override
      public void init(ProcessorContext<Void, Void> context) {
        super.init(context);
        partition = context.taskId().partition();
        taking = own.taking(topic, partition);
        context.schedule(Duration.ofMillis(1), PunctuationType.WALL_CLOCK_TIME, unused -> look());
      }

      private void look() {
        looks.incrementAndGet();
        if (own.isAllRead(topic, partition) && mine < BACKLOG / 2) {
          tooEarly.add(mine);
        }
      }

      @Override
      public void process(Record<byte[], byte[]> record) {
        RecordMetadata from = context().recordMetadata().orElseThrow();
        taking.accept(from.offset());
        mine++;
        taken.incrementAndGet();
        LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      }
    }
  }
}
