package io.assay.web.erasure;

import io.assay.web.access.Audit;
import io.assay.web.erasure.DatabaseErasure.Subject;
import io.assay.web.system.Refused;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Requests to erase a key, and how far they are. Each step is one transaction with its note; who
 * takes over from one that was killed goes on with the first that has none.
 *
 * <p>Longer than others: a request's row is asked for, leased, stepped and ended in one place.
 */
@Component
class Erasures {
  private static final Logger LOG = LoggerFactory.getLogger(Erasures.class);
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
  private final JdbcClient jdbc;
  private final ErasureSteps steps;
  private final ErasedTasks tasks;
  private final Audit audit;
  private final TransactionTemplate transactions;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  Erasures(
      JdbcClient jdbc,
      ErasureSteps steps,
      ErasedTasks tasks,
      Audit audit,
      TransactionTemplate transactions,
      Clock clock) {
    this.jdbc = jdbc;
    this.steps = steps;
    this.tasks = tasks;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * A request; the key itself is not told.
   *
   * @param done steps that are over, in order
   * @param of how many there are
   * @param tasks of processors that may remember the key
   */
  record Job(
      long id,
      String stream,
      String digest,
      Instant asked,
      String askedBy,
      String status,
      @Nullable Instant ended,
      String trouble,
      List<Done> done,
      int of,
      List<ErasedTasks.Task> tasks) {}

  /** A step that is over. */
  record Done(String place, Erased.Outcome outcome, long number, String note) {}

  /** The request's number; who asked is among the changes, and what for is a digest. */
  long ask(String project, String actor, String stream, String key) {
    String digest = KeyText.digest(key, random);
    return Objects.requireNonNull(
        transactions.execute(
            status -> {
              audit.note(project, actor, "erasure.asked", stream, digest);
              return jdbc.sql(
                      """
                      INSERT INTO erasure (project, stream, digest, key, asked, asked_by, until)
                      VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id\
                      """)
                  .params(project, stream, digest, key, now(), actor, now())
                  .query(Long.class)
                  .single();
            }));
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  /**
   * The newest first.
   *
   * @param after the number of the last one of the part before
   */
  List<Job> of(String project, OptionalLong after, int most) {
    return jdbc.sql("SELECT * FROM erasure WHERE project = ? AND id < ? ORDER BY id DESC LIMIT ?")
        .params(project, after.orElse(Long.MAX_VALUE), most)
        .query((row, number) -> job(project, row))
        .list();
  }

  /** One of a project. */
  Optional<Job> one(String project, long id) {
    return jdbc.sql("SELECT * FROM erasure WHERE project = ? AND id = ?")
        .params(project, id)
        .query((row, number) -> job(project, row))
        .optional();
  }

  /**
   * Of a part's address; nothing where it is empty.
   *
   * @throws Refused where it is none
   */
  static OptionalLong place(String after) {
    try {
      return after.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(after));
    } catch (NumberFormatException none) {
      throw Refused.bad("after needs the number of an erasure, got '%s'".formatted(after));
    }
  }

  private Job job(String project, ResultSet row) throws SQLException {
    long id = row.getLong("id");
    return new Job(
        id,
        row.getString("stream"),
        row.getString("digest"),
        row.getObject("asked", OffsetDateTime.class).toInstant(),
        row.getString("asked_by"),
        row.getString("status"),
        Optional.ofNullable(row.getObject("ended", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant)
            .orElse(null),
        row.getString("trouble"),
        jdbc.sql("SELECT * FROM erasure_step WHERE project = ? AND erasure = ? ORDER BY ordinal")
            .params(project, id)
            .query(
                (step, number) ->
                    new Done(
                        step.getString("place"),
                        Erased.Outcome.valueOf(step.getString("outcome")),
                        step.getLong("number"),
                        step.getString("note")))
            .list(),
        steps.all().size(),
        tasks.of(project, id));
  }

  /** What someone works on. */
  private record Taken(long id, ErasureSteps.Work work) {
    private Subject subject() {
      return work.subject();
    }
  }

  /** Does all that is asked for, as far as nobody else does; one that fails is tried again. */
  void work() {
    for (Optional<Taken> next = take(); next.isPresent(); next = take()) {
      Taken job = next.get();
      try {
        Gone gone = step(job);
        while (gone == Gone.ON) {
          gone = step(job);
        }
        if (gone == Gone.WAITS) {
          release(job);
        } else {
          finish(job);
        }
      } catch (RuntimeException failure) {
        LOG.warn("erasure {} is tried again later: {}", job.id(), failure.toString());
        trouble(job, failure);
        return;
      }
    }
  }

  /** One that nobody has, or whose worker has not been heard of for long. */
  private Optional<Taken> take() {
    return jdbc.sql(
            """
            UPDATE erasure SET status = 'RUNNING', until = :until WHERE (project, id) IN (
              SELECT project, id FROM erasure WHERE status IN ('WAITING', 'RUNNING') AND until <= :now
              ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id, project, stream, key, digest, asked\
            """)
        .param("until", now().plus(LEASE))
        .param("now", now())
        .query(
            (row, number) ->
                new Taken(
                    row.getLong("id"),
                    new ErasureSteps.Work(
                        row.getLong("id"),
                        row.getString("digest"),
                        row.getObject("asked", OffsetDateTime.class).toInstant(),
                        new Subject(
                            row.getString("project"),
                            row.getString("stream"),
                            row.getString("key")))))
        .optional();
  }

  /** How a step ended. */
  private enum Gone {
    /** It is over, and another follows. */
    ON,
    /** It waits for others. */
    WAITS,
    /** All are over. */
    ALL
  }

  /** The first that is not over. */
  private Gone step(Taken job) {
    Set<String> over =
        new HashSet<>(
            jdbc.sql("SELECT place FROM erasure_step WHERE project = ? AND erasure = ?")
                .params(job.subject().project(), job.id())
                .query(String.class)
                .list());
    int ordinal = 0;
    for (Map.Entry<String, ErasureSteps.Step> step : steps.all().entrySet()) {
      ordinal++;
      if (!over.contains(step.getKey())) {
        int place = ordinal;
        boolean ended =
            Boolean.TRUE.equals(
                transactions.execute(status -> step(job, step.getKey(), place, step.getValue())));
        return ended ? Gone.ON : Gone.WAITS;
      }
    }
    return Gone.ALL;
  }

  private boolean step(Taken job, String place, int ordinal, ErasureSteps.Step work) {
    jdbc.sql("UPDATE erasure SET until = ?, trouble = '' WHERE project = ? AND id = ?")
        .params(now().plus(LEASE), job.subject().project(), job.id())
        .update();
    Optional<Erased> came = work.take(job.work());
    if (came.isEmpty()) {
      return false;
    }
    Erased erased = came.get();
    jdbc.sql(
            """
            INSERT INTO erasure_step (project, erasure, place, ordinal, outcome, number, note, ended)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)\
            """)
        .params(
            job.subject().project(),
            job.id(),
            place,
            ordinal,
            erased.outcome().name(),
            erased.number(),
            erased.note(),
            now())
        .update();
    return true;
  }

  /** Whoever looks next goes on with it; others are not held up meanwhile. */
  private void release(Taken job) {
    jdbc.sql("UPDATE erasure SET until = ? WHERE project = ? AND id = ?")
        .params(now().plus(BETWEEN_LOOKS), job.subject().project(), job.id())
        .update();
  }

  /** From now on the key is nowhere, here neither. */
  private void finish(Taken job) {
    transactions.executeWithoutResult(
        status -> {
          String digest =
              jdbc.sql(
                      """
                      UPDATE erasure SET status = 'DONE', ended = ?, key = NULL WHERE project = ? AND id = ?
                      RETURNING digest\
                      """)
                  .params(now(), job.subject().project(), job.id())
                  .query(String.class)
                  .single();
          audit.note(
              job.subject().project(), "system", "erasure.done", job.subject().stream(), digest);
        });
  }

  private void trouble(Taken job, RuntimeException failure) {
    String why = String.valueOf(failure.getMessage()).replace(job.subject().key(), "…");
    jdbc.sql("UPDATE erasure SET trouble = ?, until = ? WHERE project = ? AND id = ?")
        .params(why, now().plus(Duration.ofMinutes(1)), job.subject().project(), job.id())
        .update();
  }
}
