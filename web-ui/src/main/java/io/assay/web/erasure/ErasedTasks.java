package io.assay.web.erasure;

import io.assay.stream.contract.ErasureDone;
import io.assay.stream.contract.ErasureLog;
import io.assay.stream.contract.ErasureRequest;
import io.assay.stream.contract.ErasureWriter;
import io.assay.stream.contract.RuleUse;
import io.assay.stream.contract.RuleUses;
import io.assay.stream.contract.Topics;
import io.assay.web.system.Broker;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tasks of processors that may remember a key: each says by itself that it has forgotten, in the
 * transaction in which it has. One that does not run says so when it is back.
 */
@Component
class ErasedTasks {
  private static final Logger LOG = LoggerFactory.getLogger(ErasedTasks.class);

  private final JdbcClient jdbc;
  private final Optional<Map<String, Object>> clients;
  private final Topics topics;
  private final Clock clock;

  ErasedTasks(JdbcClient jdbc, Environment environment, Clock clock) {
    this.jdbc = jdbc;
    this.clients = Broker.clients(environment);
    this.topics = Broker.topics(environment);
    this.clock = clock;
  }

  /**
   * A task.
   *
   * @param at when it has forgotten; null while it has not said so
   * @param gone entries of its store that went
   */
  record Task(String application, String task, @Nullable Instant at, long gone) {}

  /** Whether there is anybody to tell. */
  boolean isConnected() {
    return clients.isPresent();
  }

  /**
   * Tells the processors, once, and takes down what they have said.
   *
   * @throws KafkaException if the broker does not answer as needed
   */
  void ask(String project, long id, String stream, String digest) {
    ErasureLog log = ErasureLog.read(clients.orElseThrow(), topics);
    boolean asked =
        log.of(project).orElse(List.of()).stream().anyMatch(one -> one.digest().equals(digest));
    if (!asked) {
      new ErasureWriter(clients.orElseThrow(), topics)
          .ask(new ErasureRequest(project, stream, digest, clock.millis()));
    }
    List<RuleUse> mayRemember =
        RuleUses.of(clients.orElseThrow(), topics, project).stream()
            .filter(use -> !stateTopic(use.application(), project, stream).isEmpty())
            .toList();
    Set<String> reset =
        missing(
            mayRemember.stream()
                .map(use -> stateTopic(use.application(), project, stream))
                .collect(Collectors.toSet()));
    for (RuleUse use : mayRemember) {
      if (!reset.contains(stateTopic(use.application(), project, stream))) {
        put(project, id, use.application(), use.task(), null, 0);
      }
    }
    hear(log, project, id, digest);
  }

  /** Where nothing is remembered any more, since somebody has reset it. */
  private Set<String> missing(Set<String> stateTopics) {
    Set<String> missing = new HashSet<>();
    try (Admin admin = Admin.create(clients.orElseThrow())) {
      for (var one : admin.describeTopics(stateTopics).topicNameValues().entrySet()) {
        try {
          one.getValue().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
          if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
            missing.add(one.getKey());
          }
        }
      }
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
    return missing;
  }

  /**
   * The topic of what a group of processors remembers, of those that may remember a key of the
   * stream; empty for others. Names of streams have no '-' and no '.'.
   */
  private String stateTopic(String application, String project, String stream) {
    String judges = "%s-%s-".formatted(topics.prefix(), project);
    if (application.startsWith(judges)
        && List.of(application.substring(judges.length()).split("\\.")).contains(stream)) {
      return application + "-state-changelog";
    }
    return application.equals("%s.truths.%s.%s".formatted(topics.prefix(), project, stream))
        ? application + "-truths-changelog"
        : "";
  }

  private void hear(ErasureLog log, String project, long id, String digest) {
    for (ErasureDone done : log.done(project, digest)) {
      // Those that never held any of the stream say so, too, which is nothing to be told.
      if (done.gone() > 0 || isKnown(project, id, done)) {
        put(
            project,
            id,
            done.application(),
            done.task(),
            Instant.ofEpochMilli(done.atMillis()),
            done.gone());
      }
    }
  }

  private boolean isKnown(String project, long id, ErasureDone done) {
    return of(project, id).stream()
        .anyMatch(
            one -> one.application().equals(done.application()) && one.task().equals(done.task()));
  }

  private void put(
      String project, long id, String application, String task, @Nullable Instant at, long gone) {
    jdbc.sql(
            """
            INSERT INTO erasure_task (project, erasure, application, task, at, gone)
            VALUES (:project, :id, :application, :task, :at, :gone)
            ON CONFLICT (project, erasure, application, task) DO UPDATE
            SET at = COALESCE(EXCLUDED.at, erasure_task.at), gone = GREATEST(EXCLUDED.gone, erasure_task.gone)\
            """)
        .param("project", project)
        .param("id", id)
        .param("application", application)
        .param("task", task)
        .param("at", at == null ? null : at.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("gone", gone)
        .update();
  }

  /** Of a request, those that have not forgotten yet first. */
  List<Task> of(String project, long id) {
    return jdbc.sql(
            """
            SELECT application, task, at, gone FROM erasure_task WHERE project = ? AND erasure = ?
            ORDER BY at IS NOT NULL, application, task\
            """)
        .params(project, id)
        .query(
            (row, number) ->
                new Task(
                    row.getString("application"),
                    row.getString("task"),
                    Optional.ofNullable(row.getObject("at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant)
                        .orElse(null),
                    row.getLong("gone")))
        .list();
  }

  /** A request of which some task has not been heard. */
  private record Open(String project, long id, String digest) {}

  /** What tasks have said since that were not there while the others forgot. */
  void hearLate() {
    if (clients.isEmpty()) {
      return;
    }
    List<Open> open =
        jdbc.sql(
                """
                SELECT DISTINCT e.project, e.id, e.digest FROM erasure e
                JOIN erasure_task t ON t.project = e.project AND t.erasure = e.id
                WHERE e.status = 'DONE' AND t.at IS NULL\
                """)
            .query((row, number) -> new Open(row.getString(1), row.getLong(2), row.getString(3)))
            .list();
    if (!open.isEmpty()) {
      try {
        ErasureLog log = ErasureLog.read(clients.get(), topics);
        open.forEach(one -> hear(log, one.project(), one.id(), one.digest()));
      } catch (KafkaException failure) {
        LOG.debug("what tasks have forgotten is asked again: {}", failure.toString());
      }
    }
  }

  /** What the broker said, or failed to say. */
  String told(KafkaException failure) {
    return Broker.told(clients.orElseThrow(), failure);
  }
}
