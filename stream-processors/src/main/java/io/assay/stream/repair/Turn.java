package io.assay.stream.repair;

import io.assay.stream.contract.TopicCreation;
import io.assay.stream.contract.Topics;
import io.assay.stream.repair.Replayer.Outcome;
import io.assay.stream.repair.Round.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The turn to replay records of a project: whoever takes it shuts out all who had it before, and
 * reads then what they have replayed.
 */
final class Turn implements AutoCloseable {
  private static final int TRANSACTION_MILLIS = 15_000;

  private final Map<String, Object> clients;
  private final Topics topics;
  private final String project;
  private @Nullable KafkaProducer<byte[], byte[]> producer;
  private @Nullable ReplayNotes notes;

  Turn(Map<String, Object> clients, Topics topics, String project) {
    this.clients = clients;
    this.topics = topics;
    this.project = project;
  }

  /** What was replayed as far as is known; others may replay at the same time. */
  ReplayNotes known() {
    if (notes == null) {
      if (producer == null) {
        createNotes();
      }
      notes = ReplayNotes.read(clients, topics, project);
    }
    return notes;
  }

  private void createNotes() {
    try (Admin admin = Admin.create(clients)) {
      TopicCreation.createMissing(admin, List.of(topics.repairsPlan()));
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }

  /**
   * Takes it, unless it is taken and nobody has said that it was lost.
   *
   * @return what was replayed; while the turn is not lost nobody else adds to it
   */
  ReplayNotes take() {
    if (producer == null) {
      producer = begun();
      // Those that were known may be older than the turn.
      notes = null;
    }
    return known();
  }

  private KafkaProducer<byte[], byte[]> begun() {
    var begun =
        new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer());
    try {
      begun.initTransactions();
      return begun;
    } catch (RuntimeException refused) {
      begun.close();
      throw told(refused);
    }
  }

  private RuntimeException told(RuntimeException refused) {
    // Kafka does not say which.
    return refused instanceof TransactionalIdAuthorizationException
        ? new KafkaException("the transactional id %s".formatted(transactionalId()), refused)
        : refused;
  }

  private String transactionalId() {
    return topics.repairs() + '.' + project;
  }

  /** Whether another has taken the turn; in a transaction this is told in several ways. */
  static boolean isLost(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(20)
        .anyMatch(
            cause ->
                cause instanceof ProducerFencedException
                    || cause instanceof InvalidProducerEpochException
                    || cause instanceof InvalidTxnStateException);
  }

  /** What was to be done and a note of each, in one transaction. */
  List<Outcome> commit(List<Step> steps, Function<Step, ReplayNote> note) {
    KafkaProducer<byte[], byte[]> mine = Objects.requireNonNull(producer, "the turn is not taken");
    List<List<Future<RecordMetadata>>> sent = new ArrayList<>();
    mine.beginTransaction();
    for (Step step : steps) {
      sent.add(step.records().stream().map(mine::send).toList());
      if (step.plan().isDone()) {
        // The commit tells whether it was written.
        var unused =
            mine.send(
                new ProducerRecord<>(
                    topics.repairs(),
                    ReplayNote.key(step.chosen().aside()),
                    note.apply(step).write()));
      }
    }
    mine.commitTransaction();
    steps.stream()
        .filter(step -> step.plan().isDone())
        .forEach(step -> known().add(step.chosen().aside(), note.apply(step)));
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      String place = step.plan() instanceof ReplayPlan.Send ? place(sent.get(i).getFirst()) : "";
      outcomes.add(new Outcome(step.chosen().aside().brief(), step.plan(), place));
    }
    return outcomes;
  }

  /** Of a record that is committed. */
  private static String place(Future<RecordMetadata> sent) {
    try {
      RecordMetadata at = sent.get();
      return at.topic() + '-' + at.partition() + '@' + at.offset();
    } catch (ExecutionException problem) {
      throw new KafkaException("a record that was committed has no place", problem.getCause());
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }

  private Map<String, Object> settings() {
    var settings = new HashMap<String, Object>(clients);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId());
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.LARGEST_OUTPUT);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 20_000L);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    return settings;
  }

  /** It was lost to another, or is given back. */
  @Override
  public void close() {
    if (producer != null) {
      producer.close();
      producer = null;
    }
  }
}
