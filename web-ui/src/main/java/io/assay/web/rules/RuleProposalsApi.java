package io.assay.web.rules;

import io.assay.web.access.SignedIn;
import io.assay.web.system.Broker;
import io.assay.web.system.Listing;
import io.assay.web.system.Refused;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.KafkaException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Rules that wait for a second person, for programs that act for people. */
@RestController
@RequestMapping("/api/v1/projects/{project}/rules/proposals")
class RuleProposalsApi {
  private static final int MOST = 100;

  private final RuleProposals proposals;
  private final KnownGenerations known;
  private final SecondPerson second;
  private final RulePublishing publishing;

  RuleProposalsApi(
      RuleProposals proposals,
      KnownGenerations known,
      SecondPerson second,
      RulePublishing publishing) {
    this.proposals = proposals;
    this.known = known;
    this.second = second;
    this.publishing = publishing;
  }

  /** The newest first; {@code state}: {@code waiting}, {@code decided}, or all. */
  @GetMapping
  Listing<RuleProposalItems.Item> list(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "50") int limit) {
    Listing.requireLimit(limit, MOST);
    Optional<Boolean> waits =
        switch (state) {
          case "" -> Optional.empty();
          case "waiting" -> Optional.of(true);
          case "decided" -> Optional.of(false);
          default ->
              throw Refused.bad(
                  "state needs to be waiting or decided, or nothing, got '" + state + "'");
        };
    return Listing.of(
        proposals.newest(project, waits, number(after), limit + 1),
        limit,
        RuleProposalItems.Item::of,
        one -> Long.toString(one.id()));
  }

  private static OptionalLong number(String after) {
    try {
      return after.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(after));
    } catch (NumberFormatException none) {
      throw Refused.bad("after needs the number of a proposal, got '" + after + "'");
    }
  }

  /** With its rules, and what they change. */
  @GetMapping("/{proposal}")
  RuleProposalItems.Whole show(@PathVariable String project, @PathVariable long proposal) {
    return proposals
        .one(project, proposal)
        .map(one -> RuleProposalItems.Whole.of(one, RuleChange.of(known, one)))
        .orElseThrow(() -> missing(proposal));
  }

  @PostMapping("/{proposal}/approve")
  RuleProposalItems.Item approve(
      @PathVariable String project,
      @PathVariable long proposal,
      @AuthenticationPrincipal SignedIn person) {
    try {
      return answer(second.approve(project, proposal, person), proposal);
    } catch (KafkaException failure) {
      throw new Refused(Broker.status(failure), publishing.told(failure));
    }
  }

  @PostMapping(value = "/{proposal}/decline", consumes = MediaType.APPLICATION_JSON_VALUE)
  RuleProposalItems.Item decline(
      @PathVariable String project,
      @PathVariable long proposal,
      @RequestBody RuleProposalItems.Declined why,
      @AuthenticationPrincipal SignedIn person) {
    String reason = Optional.ofNullable(why.reason()).orElse("").strip();
    if (reason.isEmpty()) {
      throw Refused.bad("to decline needs a 'reason' for the author, got nothing");
    }
    return answer(second.decline(project, proposal, person, reason), proposal);
  }

  @PostMapping("/{proposal}/withdraw")
  RuleProposalItems.Item withdraw(
      @PathVariable String project,
      @PathVariable long proposal,
      @AuthenticationPrincipal SignedIn person) {
    return answer(second.withdraw(project, proposal, person), proposal);
  }

  private static RuleProposalItems.Item answer(SecondPerson.Outcome outcome, long id) {
    return switch (outcome) {
      case SecondPerson.Outcome.Done(var one) -> RuleProposalItems.Item.of(one);
      case SecondPerson.Outcome.Missing ignored -> throw missing(id);
      case SecondPerson.Outcome.Before(var one) ->
          throw new Refused(HttpStatus.CONFLICT, ProposalWords.before(one));
      case SecondPerson.Outcome.NotTheirs(var one) ->
          throw new Refused(HttpStatus.FORBIDDEN, ProposalWords.notTheirs(one));
      case SecondPerson.Outcome.Stuck(var one, var why) ->
          throw new Refused(
              why instanceof RulePublishing.Result.NoBroker
                  ? HttpStatus.SERVICE_UNAVAILABLE
                  : HttpStatus.CONFLICT,
              ProposalWords.stuck(one, why));
    };
  }

  private static Refused missing(long id) {
    return new Refused(HttpStatus.NOT_FOUND, "there is no proposal " + id);
  }
}
