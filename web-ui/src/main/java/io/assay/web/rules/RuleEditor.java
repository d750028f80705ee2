package io.assay.web.rules;

import io.assay.assertion.rule.Issue;
import io.assay.assertion.rule.IssueRenderer;
import io.assay.assertion.rule.SourceFile;
import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleGeneration;
import io.assay.web.access.SignedIn;
import io.assay.web.system.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.KafkaException;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * One rule file in a field: checked, published, removed. Whatever comes of it, what was typed is
 * there again until it is in force.
 */
@Page
class RuleEditor {
  private static final String BACK = "redirect:/p/{project}/rules";

  private final ActiveRules active;
  private final RuleHistory history;
  private final RulePublishing publishing;

  RuleEditor(ActiveRules active, RuleHistory history, RulePublishing publishing) {
    this.active = active;
    this.history = history;
    this.publishing = publishing;
  }

  /** Where someone is who edits: the name of the file, its text, the generation that it follows. */
  record Draft(String file, String text, long follows) {
    Draft {
      // A form ends its lines its own way.
      text = text.replace("\r\n", "\n").replace('\r', '\n');
      if (!text.isEmpty() && !text.endsWith("\n")) {
        text += "\n";
      }
    }

    /** The number of lines to show. */
    public long rows() {
      return Math.max(12, Math.min(34, text.lines().count() + 2));
    }
  }

  /** {@code file}: none for a new one. */
  @GetMapping("/p/{project}/rules/edit")
  String edit(
      @PathVariable String project, @RequestParam(defaultValue = "") String file, Model model) {
    Optional<RuleGeneration> now = active.generation(project);
    Optional<SourceFile> known = now.flatMap(one -> file(one.set().content(), file));
    if (known.isEmpty() && !file.isEmpty()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, "there is no file '" + file + "'");
    }
    String text = known.map(SourceFile::text).orElse("language 1\n\n");
    return shown(project, new Draft(file, text, now.map(RuleGeneration::number).orElse(0L)), model);
  }

  /**
   * @param does {@code check}, {@code publish} or {@code remove}
   */
  @PostMapping("/p/{project}/rules/edit")
  String edited(
      @PathVariable String project,
      @RequestParam String file,
      @RequestParam String text,
      @RequestParam long follows,
      @RequestParam(defaultValue = "check") String does,
      @AuthenticationPrincipal SignedIn person,
      Model model,
      RedirectAttributes next) {
    var draft = new Draft(file.strip(), text, follows);
    if (!RuleFileName.isOne(draft.file())) {
      model.addAttribute("trouble", RuleFileName.NEEDED);
      return shown(project, draft, model);
    }
    RuleContent content;
    try {
      content = content(project, draft, does.equals("remove"));
    } catch (IllegalArgumentException wrong) {
      model.addAttribute("trouble", wrong.getMessage());
      return shown(project, draft, model);
    }
    try {
      return does.equals("check")
          ? checked(project, draft, content, person, model)
          : published(project, draft, content, person, model, next);
    } catch (KafkaException failure) {
      model.addAttribute("trouble", "the broker does not answer: " + failure.getMessage());
      return shown(project, draft, model);
    }
  }

  private String checked(
      String project, Draft draft, RuleContent content, SignedIn person, Model model) {
    List<Issue> issues = publishing.check(project, content, person);
    tell(issues, content, model);
    model.addAttribute("checked", issues.stream().noneMatch(Issue::isError));
    return shown(project, draft, model);
  }

  /** The files of the generation that the draft follows, with the draft's in its place. */
  private RuleContent content(String project, Draft draft, boolean remove) {
    Optional<RuleContent> now = followed(project, draft.follows());
    List<SourceFile> files = new ArrayList<>();
    boolean placed = remove;
    for (SourceFile one : now.map(RuleContent::files).orElse(List.of())) {
      if (!one.name().equals(draft.file())) {
        files.add(one);
      } else if (!remove) {
        files.add(new SourceFile(one.name(), draft.text(), one.usual()));
        placed = true;
      }
    }
    if (!placed) {
      files.add(new SourceFile(draft.file(), draft.text()));
    }
    return new RuleContent(files, now.map(RuleContent::parameters).orElse(Map.of()));
  }

  /** Not whatever is in force: who has not seen a change must not undo it. */
  private Optional<RuleContent> followed(String project, long generation) {
    if (generation == 0) {
      return Optional.empty();
    }
    Optional<RuleContent> known =
        active
            .generation(project, generation)
            .map(one -> one.set().content())
            .or(() -> history.one(project, generation).map(Map.Entry::getValue));
    if (known.isEmpty()) {
      throw new IllegalArgumentException(
          "generation %d, which this follows, is not known here".formatted(generation));
    }
    return known;
  }

  private String published(
      String project,
      Draft draft,
      RuleContent content,
      SignedIn person,
      Model model,
      RedirectAttributes next) {
    RulePublishing.Result result =
        publishing.publish(project, content, person, OptionalLong.of(draft.follows()), false);
    return switch (result) {
      case RulePublishing.Result.Done(var set, var isNew, var warnings) -> {
        next.addFlashAttribute("published", set.generation());
        next.addFlashAttribute("isNew", isNew);
        next.addFlashAttribute("warnings", rendered(warnings, content));
        yield BACK;
      }
      case RulePublishing.Result.Wrong(var issues) -> {
        tell(issues, content, model);
        yield shown(project, draft, model);
      }
      case RulePublishing.Result.Overtaken(var newest) -> overtaken(project, draft, newest, model);
      case RulePublishing.Result.Elsewhere(var newest) -> {
        model.addAttribute("elsewhere", GenerationRow.of(newest));
        yield shown(project, draft, model);
      }
      case RulePublishing.Result.NoBroker() -> {
        model.addAttribute(
            "trouble",
            "rules are published on a broker, and assay.sink.bootstrap-servers is not set");
        yield shown(project, draft, model);
      }
    };
  }

  /** Their change is shown, and what was typed stays; to publish it again is to have seen it. */
  private String overtaken(String project, Draft draft, long newest, Model model) {
    model.addAttribute("overtaken", newest);
    publishing.awaitKnown(project, newest);
    String before =
        history
            .one(project, draft.follows())
            .flatMap(one -> file(one.getValue(), draft.file()))
            .map(SourceFile::text)
            .orElse("");
    Optional<RuleGeneration> now = active.generation(project);
    String theirs =
        now.flatMap(one -> file(one.set().content(), draft.file()))
            .map(SourceFile::text)
            .orElse("");
    model.addAttribute("theirs", LineDiff.of(before, theirs));
    model.addAttribute("mine", LineDiff.of(theirs, draft.text()));
    now.ifPresent(one -> model.addAttribute("by", one.set().origin().actor()));
    return shown(project, new Draft(draft.file(), draft.text(), newest), model);
  }

  private String shown(String project, Draft draft, Model model) {
    Optional<GenerationRow> now =
        active.generation(project).map(one -> GenerationRow.of(one.set()));
    model.addAttribute("here", "rules");
    model.addAttribute("draft", draft);
    model.addAttribute("now", now.orElse(null));
    model.addAttribute(
        "isKnown",
        active
            .generation(project)
            .flatMap(one -> file(one.set().content(), draft.file()))
            .isPresent());
    model.addAttribute("readOnly", now.filter(one -> one.origin().home().isFiles()).isPresent());
    return "rules-edit";
  }

  /** The rules of an older generation once more, as a new one. */
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
    RuleContent content =
        history
            .one(project, generation)
            .map(Map.Entry::getValue)
            .orElseThrow(
                () ->
                    new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "there is no generation " + generation));
    try {
      switch (publishing.publish(project, content, person, OptionalLong.of(follows), false)) {
        case RulePublishing.Result.Done(var set, var isNew, var warnings) -> {
          next.addFlashAttribute("published", set.generation());
          next.addFlashAttribute("isNew", isNew);
          next.addFlashAttribute("warnings", rendered(warnings, content));
        }
        case RulePublishing.Result.Wrong(var issues) -> {
          next.addFlashAttribute(
              "trouble", "generation " + generation + " has mistakes by now; nothing was restored");
          next.addFlashAttribute("warnings", rendered(issues, content));
        }
        case RulePublishing.Result.Overtaken(var newest) ->
            next.addFlashAttribute(
                "trouble",
                "nothing was restored: generation %d is in force by now, and not %d"
                    .formatted(newest, follows));
        case RulePublishing.Result.Elsewhere(var newest) ->
            next.addFlashAttribute(
                "trouble", "the rules are changed in " + newest.origin().place() + ", not here");
        case RulePublishing.Result.NoBroker() ->
            next.addFlashAttribute("trouble", "rules are published on a broker, and there is none");
      }
    } catch (KafkaException failure) {
      next.addFlashAttribute("trouble", "the broker does not answer: " + failure.getMessage());
    }
    return BACK;
  }

  private static void tell(List<Issue> issues, RuleContent content, Model model) {
    model.addAttribute("issues", issues.stream().map(RuleItems.IssueItem::of).toList());
    model.addAttribute("rendered", rendered(issues, content));
  }

  private static String rendered(List<Issue> issues, RuleContent content) {
    return new IssueRenderer(content.files()).render(issues);
  }

  private static Optional<SourceFile> file(RuleContent content, String name) {
    return content.files().stream().filter(one -> one.name().equals(name)).findFirst();
  }
}
