package io.assay.stream.contract;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes rules as a project's next generation, so that two who do so at once cannot make the
 * same one (ADR 28).
 *
 * <p>Whoever writes begins with the transactional id of the project, which shuts out all who began
 * before; reads to the end; and writes the generation that follows in one transaction. If another
 * begins meanwhile, that transaction fails and it is done again from the start.
 */
public final class RuleWriter {
  private static final int MOST_ATTEMPTS = 8;
  private static final Duration READ_WITHIN = Duration.ofSeconds(30);
  private static final int TRANSACTION_MILLIS = 15_000;

  private final Map<String, Object> clients;
  private final Topics topics;
  private final Retired retired;

  /** What became of rules to be published. */
  public sealed interface Outcome {
    /** They are the newest generation now. */
    record Published(RuleSet set) implements Outcome {}

    /** The newest generation is the same already. */
    record Unchanged(RuleSet newest) implements Outcome {}

    /** Another generation is the newest than was expected; nothing was published. */
    record Overtaken(Optional<RuleSet> newest) implements Outcome {}

    /** The rules' home is another; nothing was published. */
    record Elsewhere(RuleSet newest) implements Outcome {}
  }

  /**
   * What is to be published.
   *
   * @param expected the generation that must be the newest, 0 for none; empty for whichever
   * @param takesHome whether rules that have another home get this one
   */
  public record Request(
      String project,
      RuleContent content,
      RuleOrigin origin,
      String documentHash,
      OptionalLong expected,
      boolean takesHome) {}

  /** {@code clients}: settings of Kafka's clients, the bootstrap servers among them. */
  public RuleWriter(Map<String, ?> clients, Topics topics) {
    this(clients, topics, new Retired(Map.copyOf(clients), topics));
  }

  RuleWriter(Map<String, ?> clients, Topics topics, Retired retired) {
    this.clients = Map.copyOf(clients);
    this.topics = topics;
    this.retired = retired;
  }

  /**
   * Returns when the generation is there for all.
   *
   * @throws KafkaException if the broker does not answer as needed
   */
  public Outcome publish(Request request) {
    for (int attempt = 1; ; attempt++) {
      try (var producer =
          new KafkaProducer<>(
              producer(request.project()), new ByteArraySerializer(), new ByteArraySerializer())) {
        return attempt(request, producer);
      } catch (TransactionalIdAuthorizationException refused) {
        // Kafka does not say which.
        throw new KafkaException(
            "the transactional id %s".formatted(transactionalId(request.project())), refused);
      } catch (ProducerFencedException | InvalidProducerEpochException other) {
        if (attempt == MOST_ATTEMPTS) {
          throw other;
        }
        pause(attempt);
      }
    }
  }

  private Outcome attempt(Request request, KafkaProducer<byte[], byte[]> producer) {
    producer.initTransactions();
    try (RuleLog log = new RuleLog(clients, topics)) {
      readToEnd(log);
      Optional<RuleSet> newest = log.newest(request.project());
      Optional<Outcome> objection = objection(request, newest);
      if (objection.isPresent()) {
        return objection.get();
      }
      long next = newest.map(RuleSet::generation).orElse(0L) + 1;
      var set =
          new RuleSet(
              request.project(), next, request.content(), request.origin(), request.documentHash());
      Collection<RuleChunk> old = retired.of(log, request.project(), request.origin().at());
      send(producer, set, old);
      return new Outcome.Published(set);
    }
  }

  private static Optional<Outcome> objection(Request request, Optional<RuleSet> newest) {
    if (newest.isPresent()) {
      RuleSet now = newest.get();
      if (now.content().hash().equals(request.content().hash())
          && now.origin().home() == request.origin().home()) {
        // Of a commit whose answer was lost, the next attempt finds what it has written itself.
        return Optional.of(
            now.origin().equals(request.origin())
                ? new Outcome.Published(now)
                : new Outcome.Unchanged(now));
      }
      boolean elsewhere = now.origin().home().isFiles() != request.origin().home().isFiles();
      if (elsewhere && !request.takesHome()) {
        return Optional.of(new Outcome.Elsewhere(now));
      }
    }
    long now = newest.map(RuleSet::generation).orElse(0L);
    return request.expected().isPresent() && request.expected().getAsLong() != now
        ? Optional.of(new Outcome.Overtaken(newest))
        : Optional.empty();
  }

  private void send(
      KafkaProducer<byte[], byte[]> producer, RuleSet set, Collection<RuleChunk> old) {
    producer.beginTransaction();
    for (ProducerRecord<byte[], byte[]> record : RuleChunk.records(topics.rules(), set)) {
      var unused = producer.send(record); // the commit tells whether it was written
    }
    for (RuleChunk chunk : old) {
      var unused = producer.send(new ProducerRecord<>(topics.rules(), chunk.key(), null));
    }
    producer.commitTransaction();
  }

  /**
   * To what had been written when it began, be it committed or given up: an open transaction of
   * another project would else hide what stands behind it.
   */
  private void readToEnd(RuleLog log) {
    long end = writtenUntil(log.partition());
    long until = System.nanoTime() + READ_WITHIN.toNanos();
    while (log.position() < end) {
      log.poll(Duration.ofMillis(100), sets -> {});
      if (System.nanoTime() - until > 0) {
        throw new KafkaException(
            "the topic %s needed to be read to %d, and was to %d after %s"
                .formatted(topics.rules(), end, log.position(), READ_WITHIN));
      }
    }
  }

  private long writtenUntil(TopicPartition partition) {
    try (Admin admin = Admin.create(new HashMap<>(clients))) {
      return admin
          .listOffsets(
              Map.of(partition, OffsetSpec.latest()),
              new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
          .partitionResult(partition)
          .get()
          .offset();
    } catch (ExecutionException problem) {
      throw new KafkaException(
          "the end of the topic %s is not known".formatted(topics.rules()), problem.getCause());
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }

  private String transactionalId(String project) {
    return topics.rules() + "." + project;
  }

  private Map<String, Object> producer(String project) {
    var out = new HashMap<String, Object>(clients);
    out.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId(project));
    out.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
    out.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.LARGEST_OUTPUT);
    out.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 20_000L);
    out.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
    out.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    return out;
  }

  /** Those who shut each other out do not meet again at once. */
  private static void pause(int attempt) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(20, 150L * attempt + 50));
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }
}
