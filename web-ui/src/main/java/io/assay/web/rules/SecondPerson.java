package io.assay.web.rules;

import io.assay.web.access.SignedIn;
import io.assay.web.system.Moment;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.KafkaException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** What a second person, or the author, decides of a proposal; each is decided once. */
@Service
class SecondPerson {
  private final RuleProposals proposals;
  private final RulePublishing publishing;
  private final TransactionTemplate transactions;
  private final Clock clock;

  SecondPerson(
      RuleProposals proposals,
      RulePublishing publishing,
      TransactionTemplate transactions,
      Clock clock) {
    this.proposals = proposals;
    this.publishing = publishing;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** What came of it. */
  sealed interface Outcome {
    /** It is decided now. */
    record Done(RuleProposal proposal) implements Outcome {}

    /** There is none of that number. */
    record Missing() implements Outcome {}

    /** Someone has decided it before. */
    record Before(RuleProposal proposal) implements Outcome {}

    /** Who wrote it does not decide it, and who did not does not withdraw it. */
    record NotTheirs(RuleProposal proposal) implements Outcome {}

    /** It could not be published as it is, and waits on. */
    record Stuck(RuleProposal proposal, RulePublishing.Result why) implements Outcome {}
  }

  /**
   * Publishes it, as its author's; only in place of the generation that it follows.
   *
   * @throws KafkaException if the broker does not answer as needed; it waits on
   */
  Outcome approve(String project, long id, SignedIn person) {
    return decide(project, id, person, false, one -> published(one, person));
  }

  /** {@code reason}: for the author. */
  Outcome decline(String project, long id, SignedIn person, String reason) {
    return decide(
        project,
        id,
        person,
        false,
        one -> noted(one, RuleProposal.State.DECLINED, person, reason, OptionalLong.empty()));
  }

  /** By its author. */
  Outcome withdraw(String project, long id, SignedIn person) {
    return decide(
        project,
        id,
        person,
        true,
        one -> noted(one, RuleProposal.State.WITHDRAWN, person, "", OptionalLong.empty()));
  }

  private interface Step {
    Outcome of(RuleProposal one);
  }

  private Outcome decide(String project, long id, SignedIn person, boolean byAuthor, Step step) {
    return transactions.execute(
        status -> {
          Optional<RuleProposal> found = proposals.locked(project, id);
          if (found.isEmpty()) {
            return new Outcome.Missing();
          }
          RuleProposal one = found.get();
          if (!one.isWaiting()) {
            return new Outcome.Before(one);
          }
          return one.author().equals(person.name()) == byAuthor
              ? step.of(one)
              : new Outcome.NotTheirs(one);
        });
  }

  private Outcome published(RuleProposal one, SignedIn person) {
    RulePublishing.Result result = publishing.publishProposed(one, person);
    return switch (result) {
      case RulePublishing.Result.Done(var set, var isNew, var warnings) ->
          noted(one, RuleProposal.State.APPROVED, person, "", OptionalLong.of(set.generation()));
      case RulePublishing.Result.Overtaken(var newest)
          // Published, and then this program was stopped before it could note so.
          when newest
              .filter(set -> set.content().hash().equals(one.content().hash()))
              .isPresent() ->
          noted(
              one,
              RuleProposal.State.APPROVED,
              person,
              "",
              OptionalLong.of(newest.get().generation()));
      case RulePublishing.Result.Overtaken other -> new Outcome.Stuck(one, other);
      case RulePublishing.Result.Wrong other -> new Outcome.Stuck(one, other);
      case RulePublishing.Result.Elsewhere other -> new Outcome.Stuck(one, other);
      case RulePublishing.Result.NoBroker other -> new Outcome.Stuck(one, other);
      case RulePublishing.Result.Waiting other -> new Outcome.Stuck(one, other);
    };
  }

  private Outcome noted(
      RuleProposal one,
      RuleProposal.State state,
      SignedIn person,
      String reason,
      OptionalLong generation) {
    proposals.decide(
        one,
        state,
        new RuleProposal.Decision(person.name(), new Moment(clock.instant()), reason, generation));
    return new Outcome.Done(proposals.one(one.project(), one.id()).orElseThrow());
  }
}
