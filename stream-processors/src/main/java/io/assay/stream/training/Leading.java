package io.assay.stream.training;

import io.assay.stream.contract.ImputerCard;
import io.assay.stream.contract.ImputerTable;
import io.assay.stream.contract.ImputerVersion;
import io.assay.stream.contract.ImputersInUse;
import io.assay.stream.contract.ImputersInUse.Found;
import io.assay.stream.imputation.ImputedStream;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What whoever has the lease knows and does; on the lease's thread. */
final class Leading implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Leading.class);

  private final TrainerSettings settings;
  private final TopicPartition lease;
  private final Worker worker;
  private final Clock clock;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final ImputerTable table = new ImputerTable();
  private final ImputersInUse inUse = new ImputersInUse();

  /** A transaction that is committed is read a moment later. */
  private final Map<String, Long> published = new HashMap<>();

  private final long end;

  /**
   * @param consumer that has the lease
   */
  Leading(
      KafkaConsumer<byte[], byte[]> consumer,
      TopicPartition lease,
      TrainerSettings settings,
      Worker worker,
      Clock clock) {
    this.consumer = consumer;
    this.lease = lease;
    this.settings = settings;
    this.worker = worker;
    this.clock = clock;
    this.producer = new KafkaProducer<>(TrainerClients.publishing(settings));
    try {
      // Ends what the one before may have left open, and shuts it out.
      producer.initTransactions();
      consumer.seekToBeginning(List.of(lease));
      this.end = consumer.endOffsets(List.of(lease)).getOrDefault(lease, 0L);
    } catch (RuntimeException problem) {
      close();
      throw problem;
    }
  }

  /** Whether all is known that was there when the lease came. */
  boolean isCaughtUp() {
    return consumer.position(lease) >= end;
  }

  void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      table
          .take(record.key(), record.value(), record.offset())
          .filter(key -> key.project().equals(settings.project()))
          .ifPresent(key -> inUse.changed(table, key.project(), key.stream()));
    } catch (IllegalArgumentException broken) {
      LOG.warn("{}@{} is passed over: {}", lease, record.offset(), broken.getMessage());
    }
  }

  /** Publishes what is trained, and begins what is due. */
  void tend(LeasedTrainer.Streams now) {
    worker.finished().ifPresent(this::publish);
    for (ImputedStream stream : now.streams()) {
      tell(stream);
      if (!worker.isBusy() && isRead(stream) && worker.isDue(stream, newest(stream))) {
        worker.begin(wanted(stream, now.generation()));
      }
    }
  }

  private void tell(ImputedStream stream) {
    long inForce = ready(stream).map(one -> one.card().version()).orElse(0L);
    TrainingStatus.Seen seen =
        newest(stream)
            .flatMap(card -> Optional.ofNullable(card.observed()))
            .map(TrainingStatus.Seen::of)
            .orElse(TrainingStatus.Seen.NOTHING);
    worker.known(stream.name(), newestVersion(stream), inForce, seen);
  }

  private long newestVersion(ImputedStream stream) {
    return table.cards(settings.project(), stream.name()).stream()
        .mapToLong(ImputerCard::version)
        .findFirst()
        .orElse(0);
  }

  /** Whether all is known again that was published here. */
  private boolean isRead(ImputedStream stream) {
    return newestVersion(stream) >= published.getOrDefault(stream.name(), 0L);
  }

  /** Of the group as it is now. */
  private Optional<ImputerCard> newest(ImputedStream stream) {
    return table.cards(settings.project(), stream.name()).stream()
        .findFirst()
        .filter(card -> card.groupHash().equals(stream.groupHash()));
  }

  private Optional<ImputersInUse.Ready> ready(ImputedStream stream) {
    return switch (inUse.of(settings.project(), stream.name(), stream.groupHash())) {
      case Found.InForce(var ready, var ignored) -> Optional.of(ready);
      case Found.Missing ignored -> Optional.empty();
    };
  }

  private Training.Wanted wanted(ImputedStream stream, long generation) {
    Optional<ImputersInUse.Ready> ready = ready(stream);
    boolean isPinned =
        ready.isPresent()
            && table
                .pinned(settings.project(), stream.name())
                .filter(choice -> choice.version() == ready.get().card().version())
                .isPresent();
    return new Training.Wanted(
        stream,
        generation,
        ready.map(ImputersInUse.Ready::imputer),
        ready.map(one -> one.card().version()).orElse(0L),
        ready.map(one -> readMillis(one.card())).orElse(Long.MAX_VALUE),
        newest(stream).flatMap(card -> Optional.ofNullable(card.observed())),
        isPinned,
        Publication.nextVersion(table, settings.project(), stream.name()));
  }

  /** What came until then it may have learned of. */
  private static long readMillis(ImputerCard card) {
    return card.trainedMillis() - Math.round(1000 * card.seconds());
  }

  private void publish(Worker.Finished finished) {
    Training.Wanted wanted = finished.wanted();
    ImputerVersion version =
        Cards.version(
            settings.project(),
            wanted.number(),
            wanted.incumbent(),
            finished.trained(),
            clock.millis());
    try {
      send(version);
    } catch (RuntimeException problem) {
      worker.notPublished(wanted.stream(), problem);
      throw problem;
    }
    ImputerCard card = version.card();
    LOG.info(
        "imputer of '{}': version {} learned of {} rows in {} s, {}: {}",
        card.stream(),
        card.version(),
        card.rows(),
        Math.round(card.seconds()),
        card.promoted() ? "in force" : "not in force",
        card.why());
  }

  private void send(ImputerVersion version) {
    producer.beginTransaction();
    for (ProducerRecord<byte[], byte[]> record :
        Publication.records(lease.topic(), table, version)) {
      var unused = producer.send(record); // the commit tells whether it was written
    }
    Map<TopicPartition, OffsetAndMetadata> read = new HashMap<>();
    read.put(lease, new OffsetAndMetadata(consumer.position(lease)));
    // Refused unless this member still has the lease.
    producer.sendOffsetsToTransaction(read, consumer.groupMetadata());
    producer.commitTransaction();
    published.put(version.card().stream(), version.card().version());
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
  }
}
