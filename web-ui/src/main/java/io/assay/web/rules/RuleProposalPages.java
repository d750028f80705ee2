package io.assay.web.rules;

import io.assay.web.access.SignedIn;
import io.assay.web.system.Page;
import org.apache.kafka.common.KafkaException;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What is decided of a proposal, on the page of rules. */
@Page
class RuleProposalPages {
  private static final String BACK = "redirect:/p/{project}/rules";

  private final SecondPerson second;
  private final RulePublishing publishing;

  RuleProposalPages(SecondPerson second, RulePublishing publishing) {
    this.second = second;
    this.publishing = publishing;
  }

  @PostMapping("/p/{project}/rules/proposals/{proposal}/approve")
  String approve(
      @PathVariable String project,
      @PathVariable long proposal,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes next) {
    try {
      return told(second.approve(project, proposal, person), next);
    } catch (KafkaException failure) {
      next.addFlashAttribute("trouble", publishing.told(failure));
      return BACK;
    }
  }

  @PostMapping("/p/{project}/rules/proposals/{proposal}/decline")
  String decline(
      @PathVariable String project,
      @PathVariable long proposal,
      @RequestParam String reason,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes next) {
    if (reason.isBlank()) {
      next.addFlashAttribute("trouble", "nothing was declined: its author needs a reason");
      return BACK;
    }
    return told(second.decline(project, proposal, person, reason.strip()), next);
  }

  @PostMapping("/p/{project}/rules/proposals/{proposal}/withdraw")
  String withdraw(
      @PathVariable String project,
      @PathVariable long proposal,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes next) {
    return told(second.withdraw(project, proposal, person), next);
  }

  private static String told(SecondPerson.Outcome outcome, RedirectAttributes next) {
    switch (outcome) {
      case SecondPerson.Outcome.Done(var one) -> {
        next.addFlashAttribute("decidedOf", one.id());
        next.addFlashAttribute("decidedAs", one.state().name());
      }
      case SecondPerson.Outcome.Missing ignored ->
          throw new ResponseStatusException(HttpStatus.NOT_FOUND, "there is no such proposal");
      case SecondPerson.Outcome.Before(var one) ->
          next.addFlashAttribute("trouble", ProposalWords.before(one));
      case SecondPerson.Outcome.NotTheirs(var one) ->
          next.addFlashAttribute("trouble", ProposalWords.notTheirs(one));
      case SecondPerson.Outcome.Stuck(var one, var why) ->
          next.addFlashAttribute("trouble", ProposalWords.stuck(one, why));
    }
    return BACK;
  }
}
