package io.assay.web.firstrun;

import io.assay.web.access.SignedIn;
import io.assay.web.rules.RuleAdding;
import io.assay.web.system.Page;
import io.assay.web.system.Refused;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Leads by hand from a topic to a rule that fires: four steps, each with an address of its own. */
@Page
class FirstRunPages {
  private static final int LAST_STEP = 4;

  private final FirstRun run;
  private final RuleAdding adding;

  FirstRunPages(FirstRun run, RuleAdding adding) {
    this.run = run;
    this.adding = adding;
  }

  private static void step(int step, Model model) {
    model.addAttribute("here", "rules");
    model.addAttribute("step", step);
  }

  /** The broker's topics, to choose one. */
  @GetMapping("/p/{project}/start")
  String topics(@PathVariable String project, Model model) {
    step(1, model);
    model.addAttribute("topics", List.of());
    try {
      model.addAttribute("topics", run.topics(project));
    } catch (Refused refused) {
      model.addAttribute("trouble", refused.detail());
    }
    return "start";
  }

  /** What the topic's last events suggest, to be looked over. */
  @GetMapping("/p/{project}/start/stream")
  String stream(
      @PathVariable String project, @RequestParam(defaultValue = "") String topic, Model model) {
    return shown(project, topic, null, model);
  }

  private String shown(String project, String topic, @Nullable String typed, Model model) {
    step(2, model);
    model.addAttribute("topic", topic);
    model.addAttribute("text", typed == null ? "" : typed);
    model.addAttribute("newest", "");
    model.addAttribute("notes", List.of());
    try {
      EventSample sample = run.sample(project, topic);
      StreamGuess guess = run.guess(project, topic, sample);
      model.addAttribute("newest", sample.newest());
      model.addAttribute("events", sample.events().size());
      model.addAttribute("notes", guess.notes());
      guess.trouble().ifPresent(trouble -> model.addAttribute("trouble", trouble));
      if (typed == null) {
        model.addAttribute("text", guess.text());
      }
    } catch (Refused refused) {
      model.addAttribute("trouble", refused.detail());
    }
    return "start-stream";
  }

  /** {@code does}: {@code check} or {@code publish}. */
  @PostMapping("/p/{project}/start/stream")
  String streamGiven(
      @PathVariable String project,
      @RequestParam String topic,
      @RequestParam String text,
      @RequestParam(defaultValue = "check") String does,
      @AuthenticationPrincipal SignedIn person,
      Model model,
      RedirectAttributes next) {
    String name = Block.name(text, "stream");
    if (!does.equals("publish")) {
      RuleAdding.Checked checked = adding.check(project, Block.file(name), text, person);
      model.addAttribute("mistakes", checked.mistakes());
      model.addAttribute("well", checked.mistakes().isEmpty());
      return shown(project, topic, text, model);
    }
    return switch (adding.add(project, Block.file(name), text, person)) {
      case RuleAdding.Outcome.Done ignored -> {
        next.addAttribute("stream", name);
        yield "redirect:/p/{project}/start/rules";
      }
      case RuleAdding.Outcome.Wrong(String mistakes) -> {
        model.addAttribute("mistakes", mistakes);
        yield shown(project, topic, text, model);
      }
      case RuleAdding.Outcome.Waiting(long ignored, String why) -> {
        model.addAttribute("refused", why);
        yield shown(project, topic, text, model);
      }
      case RuleAdding.Outcome.Refused(HttpStatus ignored, String why) -> {
        model.addAttribute("refused", why);
        yield shown(project, topic, text, model);
      }
    };
  }

  /** The gallery, filled with the stream's own fields. */
  @GetMapping("/p/{project}/start/rules")
  String gallery(
      @PathVariable String project, @RequestParam(defaultValue = "") String stream, Model model) {
    step(3, model);
    model.addAttribute("stream", stream);
    model.addAttribute("offers", List.of());
    try {
      model.addAttribute("offers", run.offers(project, stream));
    } catch (Refused refused) {
      model.addAttribute("trouble", refused.detail());
    }
    return "start-rules";
  }

  /** One of the gallery, and what it would have said of the last events. */
  @GetMapping("/p/{project}/start/rule")
  String rule(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String stream,
      @RequestParam(defaultValue = "") String offer,
      @AuthenticationPrincipal SignedIn person,
      Model model) {
    try {
      String text =
          run.offers(project, stream).stream()
              .filter(one -> one.name().equals(offer))
              .map(Offers.Offer::text)
              .findFirst()
              .orElseThrow(
                  () ->
                      Refused.bad(
                          "the gallery has no '%s' for the stream '%s', or it is among the rules"
                                  .formatted(offer, stream)
                              + " already"));
      return tried(project, stream, text, person, model);
    } catch (Refused refused) {
      model.addAttribute("trouble", refused.detail());
      return ruleShown(stream, "", model);
    }
  }

  /** {@code does}: {@code try} or {@code publish}. */
  @PostMapping("/p/{project}/start/rule")
  String ruleGiven(
      @PathVariable String project,
      @RequestParam String stream,
      @RequestParam String text,
      @RequestParam(defaultValue = "try") String does,
      @AuthenticationPrincipal SignedIn person,
      Model model,
      RedirectAttributes next) {
    if (!does.equals("publish")) {
      return tried(project, stream, text, person, model);
    }
    return switch (adding.add(project, Block.file(stream), text, person)) {
      case RuleAdding.Outcome.Done ignored -> {
        next.addAttribute("stream", stream);
        next.addAttribute("assertion", Block.name(text, "assertion"));
        yield "redirect:/p/{project}/start/fired";
      }
      case RuleAdding.Outcome.Wrong(String mistakes) -> {
        model.addAttribute("mistakes", mistakes);
        yield ruleShown(stream, text, model);
      }
      case RuleAdding.Outcome.Waiting(long ignored, String why) -> {
        model.addAttribute("trouble", why);
        yield ruleShown(stream, text, model);
      }
      case RuleAdding.Outcome.Refused(HttpStatus ignored, String why) -> {
        model.addAttribute("trouble", why);
        yield ruleShown(stream, text, model);
      }
    };
  }

  /** A rule is in force: what it would have said until now, and where what comes is shown. */
  @GetMapping("/p/{project}/start/fired")
  String fired(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String stream,
      @RequestParam(defaultValue = "") String assertion,
      Model model) {
    step(LAST_STEP + 1, model);
    model.addAttribute("stream", stream);
    model.addAttribute("assertion", assertion);
    try {
      model.addAttribute("rehearsal", run.past(project, assertion));
    } catch (Refused refused) {
      model.addAttribute("trouble", refused.detail());
    } catch (KafkaException failure) {
      model.addAttribute("trouble", String.valueOf(failure.getMessage()));
    }
    return "start-fired";
  }

  private String tried(String project, String stream, String text, SignedIn person, Model model) {
    RuleAdding.Checked checked = adding.check(project, Block.file(stream), text, person);
    model.addAttribute("mistakes", checked.mistakes());
    try {
      checked
          .rules()
          .ifPresent(rules -> model.addAttribute("rehearsal", run.rehearse(project, rules)));
    } catch (Refused refused) {
      model.addAttribute("trouble", refused.detail());
    } catch (KafkaException failure) {
      model.addAttribute("trouble", String.valueOf(failure.getMessage()));
    }
    return ruleShown(stream, text, model);
  }

  private static String ruleShown(String stream, String text, Model model) {
    step(LAST_STEP, model);
    model.addAttribute("stream", stream);
    model.addAttribute("text", text);
    return "start-rule";
  }
}
