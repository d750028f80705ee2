package io.assay.web.rules;

import io.assay.assertion.Mode;
import io.assay.assertion.rule.Issue;
import io.assay.assertion.rule.IssueRenderer;
import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleSet;
import io.assay.web.access.SignedIn;
import io.assay.web.system.Page;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.KafkaException;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Buttons that take one assertion to shadow, make it active, or a draft. */
@Page
class RuleModes {
  private static final String BACK = "redirect:/p/{project}/rules";

  private final KnownGenerations known;
  private final ModeChanging changing;
  private final RulePublishing publishing;

  RuleModes(KnownGenerations known, ModeChanging changing, RulePublishing publishing) {
    this.known = known;
    this.changing = changing;
    this.publishing = publishing;
  }

  /**
   * @param follows the generation that was looked at
   */
  @PostMapping("/p/{project}/rules/mode")
  String change(
      @PathVariable String project,
      @RequestParam String assertion,
      @RequestParam Mode mode,
      @RequestParam long follows,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes next) {
    RuleContent seen =
        known
            .content(project, follows)
            .orElseThrow(
                () ->
                    new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "there is no generation " + follows));
    try {
      Optional<RuleContent> changed = changing.changed(project, seen, assertion, mode, person);
      if (changed.isEmpty()) {
        next.addFlashAttribute("trouble", ModeChanging.notFound(assertion));
      } else {
        RulePublishing.Result result =
            publishing.publish(project, changed.get(), person, OptionalLong.of(follows), false);
        tell(result, follows, changed.get(), next);
      }
    } catch (KafkaException failure) {
      next.addFlashAttribute("trouble", publishing.told(failure));
    }
    return BACK;
  }

  private static void tell(
      RulePublishing.Result result, long follows, RuleContent content, RedirectAttributes next) {
    switch (result) {
      case RulePublishing.Result.Done(var set, var isNew, var warnings) -> {
        next.addFlashAttribute("published", set.generation());
        next.addFlashAttribute("isNew", isNew);
      }
      case RulePublishing.Result.Waiting(var proposal) ->
          next.addFlashAttribute("proposed", proposal.id());
      case RulePublishing.Result.Wrong(var issues) -> {
        next.addFlashAttribute(
            "trouble",
            "the rules have %d mistakes by now; nothing was changed"
                .formatted(issues.stream().filter(Issue::isError).count()));
        next.addFlashAttribute("warnings", new IssueRenderer(content.files()).render(issues));
      }
      case RulePublishing.Result.Overtaken(var newest) ->
          next.addFlashAttribute(
              "trouble",
              "nothing was changed: generation %d, published by %s, is in force by now, and not %d: look at it, and press again"
                  .formatted(
                      newest.map(RuleSet::generation).orElse(0L),
                      newest.map(set -> set.origin().actor()).orElse("nobody"),
                      follows));
      case RulePublishing.Result.Elsewhere(var newest) ->
          next.addFlashAttribute(
              "trouble", "the rules are changed in " + newest.origin().place() + ", not here");
      case RulePublishing.Result.NoBroker() ->
          next.addFlashAttribute("trouble", "rules are published on a broker, and there is none");
    }
  }
}
