package io.assay.web.rules;

import io.assay.assertion.rule.Issue;
import io.assay.assertion.rule.IssueRenderer;
import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleSet;
import io.assay.web.access.SignedIn;
import io.assay.web.system.Page;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.KafkaException;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The rules of an older generation once more, as a new one; or those in force, to be changed in the
 * web from now on.
 */
@Page
class RuleRestoring {
  private static final String BACK = "redirect:/p/{project}/rules";

  private final RuleHistory history;
  private final RulePublishing publishing;

  RuleRestoring(RuleHistory history, RulePublishing publishing) {
    this.history = history;
    this.publishing = publishing;
  }

  @PostMapping("/p/{project}/rules/{generation}/restore")
  String restore(
      @PathVariable String project,
      @PathVariable long generation,
      @RequestParam long follows,
      @RequestParam(defaultValue = "") String confirmed,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes next) {
    if (!confirmed.equals("yes")) {
      next.addFlashAttribute("trouble", "nothing was restored: the confirmation was not ticked");
      return BACK;
    }
    return publish(new Again(project, generation, follows, false, "restored"), person, next);
  }

  /** Where they are changed in files: nothing of them changes but where that is. */
  @PostMapping("/p/{project}/rules/home")
  String bringHome(
      @PathVariable String project,
      @RequestParam long follows,
      @RequestParam(defaultValue = "") String confirmed,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes next) {
    if (!confirmed.equals("yes")) {
      next.addFlashAttribute(
          "trouble", "nothing was brought home: the confirmation was not ticked");
      return BACK;
    }
    return publish(new Again(project, follows, follows, true, "brought home"), person, next);
  }

  /** {@code done}: what becomes of the generation, in a word or two. */
  private record Again(
      String project, long generation, long follows, boolean takesHome, String done) {}

  private String publish(Again again, SignedIn person, RedirectAttributes next) {
    RuleContent content =
        history
            .one(again.project(), again.generation())
            .map(Map.Entry::getValue)
            .orElseThrow(
                () ->
                    new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "there is no generation " + again.generation()));
    try {
      tell(
          publishing.publish(
              again.project(),
              content,
              person,
              OptionalLong.of(again.follows()),
              again.takesHome()),
          again,
          content,
          next);
    } catch (KafkaException failure) {
      next.addFlashAttribute("trouble", publishing.told(failure));
    }
    return BACK;
  }

  private static void tell(
      RulePublishing.Result result, Again again, RuleContent content, RedirectAttributes next) {
    switch (result) {
      case RulePublishing.Result.Done(var set, var isNew, var warnings) -> {
        next.addFlashAttribute("published", set.generation());
        next.addFlashAttribute("isNew", isNew);
        next.addFlashAttribute("warnings", rendered(warnings, content));
      }
      case RulePublishing.Result.Wrong(var issues) -> {
        next.addFlashAttribute(
            "trouble",
            "generation %d has mistakes by now; nothing was %s"
                .formatted(again.generation(), again.done()));
        next.addFlashAttribute("warnings", rendered(issues, content));
      }
      case RulePublishing.Result.Overtaken(var newest) ->
          next.addFlashAttribute(
              "trouble",
              "nothing was %s: generation %d is in force by now, and not %d"
                  .formatted(
                      again.done(), newest.map(RuleSet::generation).orElse(0L), again.follows()));
      case RulePublishing.Result.Elsewhere(var newest) ->
          next.addFlashAttribute(
              "trouble", "the rules are changed in " + newest.origin().place() + ", not here");
      case RulePublishing.Result.Waiting(var proposal) ->
          next.addFlashAttribute("proposed", proposal.id());
      case RulePublishing.Result.NoBroker() ->
          next.addFlashAttribute("trouble", "rules are published on a broker, and there is none");
    }
  }

  private static String rendered(List<Issue> issues, RuleContent content) {
    return new IssueRenderer(content.files()).render(issues);
  }
}
