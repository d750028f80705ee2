package io.assay.web.rounds;

import io.assay.web.system.Refused;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Opens rounds: chooses in one transaction, draws events from the broker in none, and writes in
 * another, unless some other instance has opened a round meanwhile.
 */
@Component
class RoundOpening {
  private final JdbcClient jdbc;
  private final RoundStore store;
  private final RoundChoice choice;
  private final RandomShare randomShare;
  private final TransactionTemplate transactions;
  private final Clock clock;
  private final FruitlessLooks fruitless = new FruitlessLooks();

  RoundOpening(
      JdbcClient jdbc,
      RoundStore store,
      RoundChoice choice,
      RandomShare randomShare,
      TransactionTemplate transactions,
      Clock clock) {
    this.jdbc = jdbc;
    this.store = store;
    this.choice = choice;
    this.randomShare = randomShare;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Whether there is enough for a round by itself. */
  boolean isDue(String project, Sampled sampled, Instant now) {
    return !fruitless.isTooSoon(project, now) && choice.isDue(project, sampled, now);
  }

  /**
   * Opens a round; in no transaction, for it waits for the broker.
   *
   * @param newest the round before, which is not open
   * @return nothing where there is nothing to propose that was not proposed before
   * @throws Refused where another round was opened meanwhile
   */
  Optional<LabelRound> open(
      String project, Optional<LabelRound> newest, Sampled sampled, String by, int budget) {
    Instant now = clock.instant();
    int share = randomShare.of(budget);
    RoundChoice.Choice chosen =
        done(() -> choice.choose(project, newest, sampled, budget, share, now));
    if (chosen.picks().isEmpty()) {
      fruitless.foundNothing(project, now);
      return Optional.empty();
    }
    fruitless.foundSomething(project);
    List<RandomShare.Drawn> drawn =
        randomShare.draw(sampled.streams(), share, choice.since(now), chosen.seed());
    return Optional.of(
        done(
            () -> {
              lock(jdbc, project);
              requireNone(project, chosen.number());
              // Where fewer events came than the round has room for, more of the flagged go in.
              RoundChoice.Choice filled =
                  drawn.size() == share
                      ? chosen
                      : choice.choose(project, newest, sampled, budget, drawn.size(), now);
              return choice.open(project, filled, drawn, by, clock.instant());
            }));
  }

  private void requireNone(String project, long number) {
    if (store.one(project, number).isPresent()) {
      throw new Refused(HttpStatus.CONFLICT, "round %d was opened meanwhile".formatted(number));
    }
  }

  /** Rounds of a project change one after another. */
  static void lock(JdbcClient jdbc, String project) {
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('round ' || ?, 0))")
        .param(project)
        .query(row -> {});
  }

  private <T> T done(Supplier<T> what) {
    T done = transactions.execute(status -> what.get());
    if (done == null) {
      throw new IllegalStateException("a transaction that gives something has given nothing");
    }
    return done;
  }
}
