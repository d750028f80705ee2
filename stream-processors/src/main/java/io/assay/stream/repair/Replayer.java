package io.assay.stream.repair;

import io.assay.assertion.Violation;
import io.assay.stream.contract.TopicCreation;
import io.assay.stream.contract.Topics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Replays records that were put aside, each once (ADR 33): to their topics, or in their keys'
 * history.
 *
 * <p>What is sent and the note are one transaction. Whoever replays begins with the transactional
 * id of the project, which shuts out all who began before, and reads the notes then: two who replay
 * the same at once cannot both find it not yet done.
 */
public final class Replayer {
  private static final int MOST_ATTEMPTS = 8;
  private static final int TRANSACTION_MILLIS = 15_000;

  private final Map<String, Object> clients;
  private final Topics topics;
  private final String project;
  private final Clock clock;
  private final @Nullable Rejudge rejudge;

  /**
   * What became of a record.
   *
   * @param sentTo {@code TOPIC-PARTITION@OFFSET}; empty where it was not, or only would be
   */
  public record Outcome(PutAside aside, ReplayPlan plan, String sentTo) {}

  /**
   * One that sends records to their topics.
   *
   * @param clients settings of Kafka's clients, the bootstrap servers among them
   */
  public Replayer(Map<String, ?> clients, Topics topics, String project, Clock clock) {
    this(clients, topics, project, clock, null);
  }

  private Replayer(
      Map<String, ?> clients,
      Topics topics,
      String project,
      Clock clock,
      @Nullable Rejudge rejudge) {
    this.rejudge = rejudge;
    this.clients = Map.copyOf(clients);
    this.topics = topics;
    this.project = project;
    this.clock = clock;
  }

  /** One that sends what judging them in their keys' history finds. */
  public Replayer rejudging(Rejudge how) {
    return new Replayer(clients, topics, project, clock, how);
  }

  /** What would become of them. */
  public List<Outcome> plan(List<Chosen> chosen, ReplayPlan.Wish wish) {
    return plan(chosen, wish, ReplayNotes.read(clients, topics, project));
  }

  private List<Outcome> plan(List<Chosen> chosen, ReplayPlan.Wish wish, ReplayNotes notes) {
    chosen.forEach(each -> requireOwn(each.aside()));
    return rejudge == null ? appended(chosen, wish, notes) : rejudged(rejudge, chosen, wish, notes);
  }

  private static List<Outcome> rejudged(
      Rejudge rejudge, List<Chosen> chosen, ReplayPlan.Wish wish, ReplayNotes notes) {
    List<Chosen> open =
        chosen.stream().filter(each -> wish.again() || notes.of(each.aside()).isEmpty()).toList();
    Iterator<ReplayPlan> plans = rejudge.plan(open).iterator();
    List<Outcome> outcomes = new ArrayList<>();
    for (Chosen each : chosen) {
      Optional<ReplayNote> note = wish.again() ? Optional.empty() : notes.of(each.aside());
      ReplayPlan plan = note.isPresent() ? new ReplayPlan.Replayed(note.get()) : plans.next();
      outcomes.add(new Outcome(each.aside(), plan, ""));
    }
    return outcomes;
  }

  private List<Outcome> appended(List<Chosen> chosen, ReplayPlan.Wish wish, ReplayNotes notes) {
    Map<String, OptionalInt> partitions = new HashMap<>();
    List<Outcome> plans = new ArrayList<>();
    try (Admin admin = Admin.create(clients)) {
      for (Chosen each : chosen) {
        PutAside aside = each.aside();
        OptionalInt count =
            partitions.computeIfAbsent(aside.source().topic(), topic -> partitions(admin, topic));
        plans.add(
            new Outcome(
                aside, ReplayPlan.of(aside, each.edited(), notes.of(aside), wish, count), ""));
      }
    }
    return plans;
  }

  private void requireOwn(PutAside aside) {
    if (!aside.project().equals(project)) {
      throw new IllegalArgumentException(
          "%s is of project '%s', not of '%s'".formatted(aside.name(), aside.project(), project));
    }
  }

  private static OptionalInt partitions(Admin admin, String topic) {
    try {
      return OptionalInt.of(
          Objects.requireNonNull(
                  admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic), topic)
              .partitions()
              .size());
    } catch (ExecutionException problem) {
      if (problem.getCause() instanceof UnknownTopicOrPartitionException) {
        return OptionalInt.empty();
      }
      throw new KafkaException("the topic %s is not known".formatted(topic), problem.getCause());
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }

  /**
   * Returns when all that can be sent is there for all: all of them or, where this fails, none.
   *
   * @param chosen no record twice
   * @throws KafkaException if the broker does not answer as needed
   */
  public List<Outcome> replay(List<Chosen> chosen, ReplayPlan.Wish wish) {
    createNotes();
    for (int attempt = 1; ; attempt++) {
      try (var producer =
          new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer())) {
        producer.initTransactions();
        ReplayNotes notes = ReplayNotes.read(clients, topics, project);
        return send(producer, plan(chosen, wish, notes), wish);
      } catch (ProducerFencedException | InvalidProducerEpochException other) {
        if (attempt == MOST_ATTEMPTS) {
          throw other;
        }
      }
    }
  }

  private List<Outcome> send(
      KafkaProducer<byte[], byte[]> producer, List<Outcome> plans, ReplayPlan.Wish wish) {
    List<@Nullable Future<RecordMetadata>> sent = new ArrayList<>();
    producer.beginTransaction();
    for (Outcome planned : plans) {
      sent.add(send(producer, planned));
      ReplayNote.Way way = way(planned.plan());
      if (way != null) {
        PutAside aside = planned.aside();
        var note = new ReplayNote(clock.millis(), wish.by(), aside.source(), way);
        // The commit tells whether it was written.
        var unused =
            producer.send(
                new ProducerRecord<>(topics.repairs(), ReplayNote.key(aside), note.write()));
      }
    }
    producer.commitTransaction();
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      Outcome planned = plans.get(i);
      Future<RecordMetadata> at = sent.get(i);
      outcomes.add(at == null ? planned : new Outcome(planned.aside(), planned.plan(), place(at)));
    }
    return outcomes;
  }

  /** Null where it is not a record of its own. */
  private @Nullable Future<RecordMetadata> send(
      KafkaProducer<byte[], byte[]> producer, Outcome planned) {
    return switch (planned.plan()) {
      case ReplayPlan.Send(var record) -> producer.send(record);
      case ReplayPlan.Judge(var judgement) -> {
        long generation = Objects.requireNonNull(rejudge).generation();
        for (Violation violation : judgement.found()) {
          var unused = producer.send(RepairedViolation.record(topics, generation, violation));
        }
        yield null;
      }
      case ReplayPlan.Replayed ignored -> null;
      case ReplayPlan.Refused ignored -> null;
    };
  }

  private static ReplayNote.@Nullable Way way(ReplayPlan plan) {
    return switch (plan) {
      case ReplayPlan.Send ignored -> ReplayNote.Way.APPEND;
      case ReplayPlan.Judge ignored -> ReplayNote.Way.REJUDGE;
      case ReplayPlan.Replayed ignored -> null;
      case ReplayPlan.Refused ignored -> null;
    };
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

  private void createNotes() {
    try (Admin admin = Admin.create(clients)) {
      TopicCreation.createMissing(admin, List.of(topics.repairsPlan()));
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }

  private Map<String, Object> settings() {
    var settings = new HashMap<String, Object>(clients);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topics.repairs() + '.' + project);
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.LARGEST_OUTPUT);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 20_000L);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    return settings;
  }
}
