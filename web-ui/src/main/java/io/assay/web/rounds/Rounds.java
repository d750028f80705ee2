package io.assay.web.rounds;

import static io.assay.web.rounds.RoundStore.time;

import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.web.access.Audit;
import io.assay.web.review.ReviewQueue;
import io.assay.web.rules.ActiveRules;
import io.assay.web.system.Refused;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Opens rounds, closes them, and notes which model has learned from them. */
@Component
class Rounds {
  /** Who acts where no person does. */
  static final String ITSELF = "assay";

  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  private final JdbcClient jdbc;
  private final RoundStore store;
  private final RoundOpening opening;
  private final ReviewQueue queue;
  private final ActiveRules rules;
  private final RoundSettings settings;
  private final Audit audit;
  private final TransactionTemplate transactions;
  private final Clock clock;

  Rounds(
      JdbcClient jdbc,
      RoundStore store,
      RoundOpening opening,
      ReviewQueue queue,
      ActiveRules rules,
      RoundSettings settings,
      Audit audit,
      TransactionTemplate transactions,
      Clock clock) {
    this.jdbc = jdbc;
    this.store = store;
    this.opening = opening;
    this.queue = queue;
    this.rules = rules;
    this.settings = settings;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Does what is due in a project: closes a round that is full or has lasted long enough, notes a
   * new version of the model, opens the next. One instance at a time; another goes on elsewhere.
   * Not in a transaction: opening waits for the broker.
   */
  void tick(String project) {
    Optional<Opening> due =
        Objects.requireNonNull(transactions.execute(status -> whatIsDue(project)));
    due.ifPresent(one -> openUnlessOpen(project, one));
  }

  /** A round that is to be opened, after which other, and of what. */
  private record Opening(Optional<LabelRound> newest, Sampled sampled) {}

  private void openUnlessOpen(String project, Opening due) {
    try {
      opening.open(project, due.newest(), due.sampled(), ITSELF, settings.roundSize());
    } catch (Refused meanwhile) {
      LOG.debug("project {}: {}", project, meanwhile.getMessage());
    }
  }

  /** Does all but opening, and says whether a round is to be opened. */
  private Optional<Opening> whatIsDue(String project) {
    if (!lock(project)) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    endKnown(project, now);
    forgetUnseen(project, now);
    Optional<LabelRound> newest = store.newest(project);
    if (newest.isPresent() && newest.get().closed().isEmpty()) {
      closeIfDue(project, newest.get(), now);
    } else if (newest.isPresent() && !isOver(project, newest.get())) {
      noteTraining(project, newest.get());
    } else {
      newest.ifPresent(round -> noteSeen(project, round));
      Sampled sampled = sampled(project);
      if (settings.automatic() && opening.isDue(project, sampled, now)) {
        return Optional.of(new Opening(newest, sampled));
      }
    }
    return Optional.empty();
  }

  /**
   * Opens a round at once. Not in a transaction: it waits for the broker.
   *
   * @throws Refused where one is open, or there is nothing to propose
   */
  LabelRound open(String project, String by, int budget) {
    Optional<LabelRound> newest = store.newest(project);
    if (newest.isPresent() && newest.get().closed().isEmpty()) {
      throw new Refused(
          HttpStatus.CONFLICT, "round %d is open still".formatted(newest.get().number()));
    }
    Sampled sampled = sampled(project);
    if (sampled.isEmpty()) {
      throw new Refused(
          HttpStatus.CONFLICT,
          "no active assertion has a sample clause: rules say what is proposed");
    }
    return opening
        .open(project, newest, sampled, by, budget)
        .orElseThrow(
            () ->
                new Refused(
                    HttpStatus.CONFLICT,
                    "there is nothing to propose that was not proposed before"));
  }

  /** Closes a round; what was not looked at waits no more. */
  @Transactional
  public LabelRound close(String project, long number, String by, String why) {
    requireLock(project);
    LabelRound round = one(project, number);
    if (round.closed().isPresent()) {
      throw new Refused(HttpStatus.CONFLICT, "round %d is closed".formatted(number));
    }
    close(project, round, by, why, clock.instant());
    return one(project, number);
  }

  /** Says which version of the model has learned from a round. */
  @Transactional
  public LabelRound trained(String project, long number, String by, String version) {
    requireLock(project);
    LabelRound round = one(project, number);
    if (round.closed().isEmpty()) {
      throw new Refused(HttpStatus.CONFLICT, "round %d is open: close it first".formatted(number));
    }
    store.trained(project, number, version, clock.instant());
    audit.note(project, by, "round.trained", Long.toString(number), version);
    noteSeen(project, one(project, number));
    return one(project, number);
  }

  private LabelRound one(String project, long number) {
    return store
        .one(project, number)
        .orElseThrow(() -> new Refused(HttpStatus.NOT_FOUND, "there is no round " + number));
  }

  private void closeIfDue(String project, LabelRound round, Instant now) {
    RoundStore.Progress progress = store.progress(project, round.number());
    if (progress.done() == progress.items()) {
      close(project, round, ITSELF, "all %d are done".formatted(progress.items()), now);
    } else if (now.isAfter(round.opened().plus(settings.openFor()))) {
      close(project, round, ITSELF, "it was open for " + settings.openFor(), now);
    }
  }

  /**
   * Whether the next one may open: a model has learned from it, or there is nothing in it that one
   * could learn from.
   */
  boolean isOver(String project, LabelRound round) {
    return round.isOver()
        || (round.closed().isPresent() && store.progress(project, round.number()).done() == 0);
  }

  private void close(String project, LabelRound round, String by, String why, Instant now) {
    store.close(project, round.number(), now, by, why);
    forgetUnseen(project, now);
    audit.note(project, by, "round.closed", Long.toString(round.number()), why);
  }

  /**
   * What nobody looked at of closed rounds may be proposed again; what somebody said something of
   * keeps its place, and what somebody looks at now does as long as they have it. {@code said} is
   * asked, too: of a verdict that is being written while this waits for the item, only that is
   * seen.
   */
  private void forgetUnseen(String project, Instant now) {
    queue.oneAtATime(project);
    jdbc.sql(
            """
            DELETE FROM label_item i
            USING label_round r
            WHERE i.project = ? AND r.project = i.project AND r.number = i.round AND r.closed IS NOT NULL
              AND i.status = 'OPEN' AND i.said = 0 AND i.gold IS NULL
              AND NOT EXISTS (SELECT FROM label_verdict v WHERE v.project = i.project AND v.item = i.id)
              AND NOT EXISTS (SELECT FROM label_lease l WHERE l.project = i.project AND l.item = i.id
                AND l.until > ? AND NOT l.skipped)\
            """)
        .params(project, time(now))
        .update();
  }

  private void noteTraining(String project, LabelRound round) {
    store
        .newVersion(project, round.number(), round.closed().orElseThrow())
        .ifPresent(
            version -> {
              store.seen(project, round.number(), version.name(), version.at());
              audit.note(
                  project,
                  ITSELF,
                  "round.trained",
                  Long.toString(round.number()),
                  version.name() + ", seen in events");
            });
  }

  private void noteSeen(String project, LabelRound round) {
    if (round.trained().isPresent() && round.seenAt().isEmpty()) {
      String version = round.trained().get();
      store
          .firstSeen(project, round.number(), version, round.opened())
          .ifPresent(at -> store.seen(project, round.number(), version, at));
    }
  }

  private Sampled sampled(String project) {
    Optional<CheckedRules> active = rules.of(project);
    return active.map(Sampled::of).orElseGet(Sampled::none);
  }

  /**
   * Known until a version that has come is known no more: whatever event of the stream names it,
   * for the version may have cured just this one.
   */
  private void endKnown(String project, Instant now) {
    jdbc.sql(
            """
            UPDATE label_known k SET ended = ?
            WHERE k.project = ? AND k.ended IS NULL AND EXISTS (
              SELECT FROM (SELECT s.stream FROM episode s WHERE s.project = k.project AND s.assertion = k.assertion
                LIMIT 1) of
              WHERE EXISTS (SELECT FROM episode e WHERE e.project = k.project AND e.model_version = k.version
                  AND e.stream = of.stream)
                OR EXISTS (SELECT FROM model_version_seen m WHERE m.project = k.project AND m.version = k.version
                  AND m.stream = of.stream))\
            """)
        .params(time(now), project)
        .update();
  }

  private void requireLock(String project) {
    RoundOpening.lock(jdbc, project);
  }

  private boolean lock(String project) {
    return jdbc.sql("SELECT pg_try_advisory_xact_lock(hashtextextended('round ' || ?, 0))")
        .param(project)
        .query(Boolean.class)
        .single();
  }
}
