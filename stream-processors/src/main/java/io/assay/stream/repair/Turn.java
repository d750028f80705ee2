package io.assay.stream.repair;

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
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
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

  /**
   * Takes it, unless it is taken and nobody has said that it was lost.
   *
   * @return what others had replayed when it was taken; what was replayed since, in this turn, is
   *     not among it
   */
  ReplayNotes take() {
    if (producer == null || notes == null) {
      close();
      producer =
          new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer());
      begin(producer);
      notes = ReplayNotes.read(clients, topics, project);
    }
    return notes;
  }

  private void begin(KafkaProducer<byte[], byte[]> mine) {
    try {
      mine.initTransactions();
    } catch (TransactionalIdAuthorizationException refused) {
      // Kafka does not say which.
      throw new KafkaException("the transactional id %s".formatted(transactionalId()), refused);
    }
  }

  private String transactionalId() {
    return topics.repairs() + '.' + project;
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
      notes = null;
    }
  }
}
