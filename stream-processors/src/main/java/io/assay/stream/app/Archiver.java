package io.assay.stream.app;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.archive.ArchiveSettings;
import io.assay.stream.archive.ArchiveWriter;
import io.assay.stream.archive.FolderStore;
import io.assay.stream.archive.Retention;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the archive beside the judging, by a consumer of its own: neither waits for the other, and
 * a full disk stops no stream.
 */
public final class Archiver implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Archiver.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration COMMIT_WITHIN = Duration.ofSeconds(3);
  private static final long AFTER_FAILURE_SECONDS = 5;
  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(10);

  private final ProjectRules rules;
  private final ProcessorSettings settings;
  private final ArchiveSettings archive;
  private final FolderStore store;
  private final String instance;
  private final Clock clock = Clock.systemUTC();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private volatile String failure = "";
  private long sweptMillis = Long.MIN_VALUE;

  private Archiver(ProjectRules rules, ProcessorSettings settings, ArchiveSettings archive) {
    this.rules = rules;
    this.settings = settings;
    this.archive = archive;
    this.store = new FolderStore(archive.folder());
    this.instance = InstanceName.of(settings.stateFolder());
    this.thread = Thread.ofPlatform().name("assay-archive").daemon().unstarted(this::run);
  }

  /** The streams of rules that stay. */
  public static Archiver start(
      CheckedRules rules, ProcessorSettings settings, ArchiveSettings archive) {
    return follow(ProjectRules.fixed(rules), settings, archive);
  }

  /**
   * The streams of rules as they are published. Returns at once; a broker or topic that is missing
   * is waited for.
   */
  public static Archiver follow(
      ProjectRules rules, ProcessorSettings settings, ArchiveSettings archive) {
    var archiver = new Archiver(rules, settings, archive);
    LOG.info("archiving to {}", archive.folder().toAbsolutePath());
    archiver.thread.start();
    return archiver;
  }

  /** Why nothing is archived at the moment; empty when all is well. */
  public String failure() {
    return failure;
  }

  private void run() {
    try {
      do {
        try {
          archiveOn();
        } catch (RuntimeException problem) {
          failed(problem);
        }
      } while (!stopping.await(AFTER_FAILURE_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void failed(RuntimeException problem) {
    String told = problem.toString();
    if (!told.equals(failure)) {
      LOG.warn("archiving failed and is tried again", problem);
    }
    failure = told;
  }

  /** Until it ends, or the streams are others. */
  private void archiveOn() {
    List<StreamType> streams = streams();
    while (stopping.getCount() > 0 && !streams.isEmpty()) {
      archive(streams);
      streams = streams();
    }
  }

  private List<StreamType> streams() {
    return rules.newest().map(known -> known.rules().streams()).orElse(List.of());
  }

  private void archive(List<StreamType> streams) {
    var writer = new ArchiveWriter(store, archive, settings.project(), streams, instance);
    var consumer = new KafkaConsumer<byte[], byte[]>(KafkaSettings.archive(settings, instance));
    try (consumer) {
      try {
        consumer.subscribe(writer.topics(), new Assignment(writer, consumer));
        while (stopping.getCount() > 0 && streams.equals(streams())) {
          turn(writer, consumer);
        }
        writer.roll(writer.partitions());
        commit(writer, consumer);
      } finally {
        writer.forget(writer.partitions());
      }
    }
  }

  private void turn(ArchiveWriter writer, KafkaConsumer<byte[], byte[]> consumer) {
    var before = writer.archived();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      writer.add(record, clock.millis());
    }
    long now = clock.millis();
    writer.rollDue(now);
    if (!writer.archived().equals(before)) {
      commit(writer, consumer);
    }
    sweep(now);
    failure = "";
  }

  private void sweep(long nowMillis) {
    if (sweptMillis == Long.MIN_VALUE || nowMillis - sweptMillis >= BETWEEN_SWEEPS.toMillis()) {
      sweptMillis = nowMillis;
      int deleted = new Retention(store, archive, settings.project()).apply(clock.instant());
      if (deleted > 0) {
        LOG.info("{} old segments deleted from the archive", deleted);
      }
    }
  }

  /** For an archive that forgot, and for those who watch lag; the archive itself knows better. */
  private static void commit(ArchiveWriter writer, KafkaConsumer<byte[], byte[]> consumer) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    writer.archived().forEach((p, offset) -> offsets.put(p, new OffsetAndMetadata(offset)));
    if (offsets.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(offsets, COMMIT_WITHIN);
    } catch (KafkaException problem) {
      LOG.warn("offsets of the archive could not be committed: {}", problem.toString());
    }
  }

  /** Within a few seconds: what is open becomes a segment. */
  @Override
  public void close() {
    stopping.countDown();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Partitions come and go; each is read from where the archive ends. */
  private final class Assignment implements ConsumerRebalanceListener {
    private final ArchiveWriter writer;
    private final KafkaConsumer<byte[], byte[]> consumer;

    Assignment(ArchiveWriter writer, KafkaConsumer<byte[], byte[]> consumer) {
      this.writer = writer;
      this.consumer = consumer;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      if (partitions.isEmpty()) {
        return;
      }
      Map<String, String> ids = topicIds(partitions);
      var committed = consumer.committed(Set.copyOf(partitions));
      Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
      for (TopicPartition partition : partitions) {
        OffsetAndMetadata known = committed.get(partition);
        consumer.seek(
            partition,
            writer.take(
                partition,
                ids.getOrDefault(partition.topic(), ""),
                known == null ? OptionalLong.empty() : OptionalLong.of(known.offset()),
                beginnings.getOrDefault(partition, 0L)));
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      writer.roll(partitions);
      commit(writer, consumer);
      writer.forget(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      writer.forget(partitions);
    }
  }

  private Map<String, String> topicIds(Collection<TopicPartition> partitions) {
    List<String> topics = partitions.stream().map(TopicPartition::topic).distinct().toList();
    try (Admin admin = Admin.create(KafkaSettings.admin(settings))) {
      Map<String, String> ids = new HashMap<>();
      for (TopicDescription topic : admin.describeTopics(topics).allTopicNames().get().values()) {
        ids.put(topic.name(), topic.topicId().toString());
      }
      return ids;
    } catch (ExecutionException problem) {
      throw new KafkaException("topics could not be described", problem.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while topics were described", interrupted);
    }
  }
}
