package io.assay.web.rules;

import io.assay.web.access.SignedIn;
import io.assay.web.system.Broker;
import io.assay.web.system.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Rules that wait for a second person, for programs that act for people. */
@RestController
@RequestMapping("/api/v1/projects/{project}/rules/proposals")
class RuleProposalsApi {
  private static final int DECIDED = 50;

  private final RuleProposals proposals;
  private final SecondPerson second;
  private final RulePublishing publishing;

  RuleProposalsApi(RuleProposals proposals, SecondPerson second, RulePublishing publishing) {
    this.proposals = proposals;
    this.second = second;
    this.publishing = publishing;
  }

  @ExceptionHandler
  ResponseEntity<Object> refused(Refused refused, HttpServletRequest request) {
    return refused.answer(request.getRequestURI());
  }

  @GetMapping
  RuleProposalItems.Proposals list(@PathVariable String project) {
    return new RuleProposalItems.Proposals(
        proposals.waiting(project).stream().map(RuleProposalItems.Item::of).toList(),
        proposals.decided(project, DECIDED).stream().map(RuleProposalItems.Item::of).toList());
  }

  @GetMapping("/{proposal}")
  RuleProposalItems.Whole show(@PathVariable String project, @PathVariable long proposal) {
    return proposals
        .one(project, proposal)
        .map(RuleProposalItems.Whole::of)
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
