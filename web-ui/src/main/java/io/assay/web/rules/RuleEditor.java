package io.assay.web.rules;

import io.assay.assertion.rule.Issue;
import io.assay.assertion.rule.IssueRenderer;
import io.assay.assertion.rule.SourceFile;
import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleGeneration;
import io.assay.stream.contract.RuleSet;
import io.assay.web.access.SignedIn;
import io.assay.web.system.Page;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.KafkaException;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
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
  private final ActiveRules active;
  private final KnownGenerations known;
  private final RulePublishing publishing;
  private final EvidenceTests tests;

  RuleEditor(
      ActiveRules active, KnownGenerations known, RulePublishing publishing, EvidenceTests tests) {
    this.active = active;
    this.known = known;
    this.publishing = publishing;
    this.tests = tests;
  }

  /** {@code file}: none for a new one. */
  @GetMapping("/p/{project}/rules/edit")
  String edit(
      @PathVariable String project, @RequestParam(defaultValue = "") String file, Model model) {
    Optional<RuleGeneration> now = active.generation(project);
    Optional<SourceFile> known = now.flatMap(one -> RuleDraft.file(one.set().content(), file));
    if (known.isEmpty() && !file.isEmpty()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, "there is no file '" + file + "'");
    }
    String text = known.map(SourceFile::text).orElse("language 1\n\n");
    long follows = now.map(RuleGeneration::number).orElse(0L);
    return shown(project, new RuleDraft(file, file, text, follows), model);
  }

  /** The file of a violation's assertion, with a test that its evidence makes at the end. */
  @GetMapping("/p/{project}/rules/edit/test")
  String test(
      @PathVariable String project,
      @RequestParam LocalDate day,
      @RequestParam String violation,
      Model model) {
    EvidenceTests.Made made =
        tests
            .of(project, day, violation)
            .orElseThrow(
                () -> new ResponseStatusException(HttpStatus.NOT_FOUND, EvidenceTests.NOTHING));
    String name = made.file().name();
    String text = made.file().text().stripTrailing() + "\n\n" + made.test();
    model.addAttribute("added", true);
    return shown(project, new RuleDraft(name, name, text, made.generation()), model);
  }

  /**
   * @param opened the file that was opened; none for a new one
   * @param does {@code check}, {@code publish} or {@code remove}
   * @param note for a second person, where one is needed
   */
  @PostMapping("/p/{project}/rules/edit")
  String edited(
      @PathVariable String project,
      @RequestParam String file,
      @RequestParam(defaultValue = "") String opened,
      @RequestParam String text,
      @RequestParam long follows,
      @RequestParam(defaultValue = "check") String does,
      @RequestParam(defaultValue = "") String confirmed,
      @RequestParam(defaultValue = "") String note,
      @AuthenticationPrincipal SignedIn person,
      Model model,
      RedirectAttributes next) {
    var draft = new RuleDraft(file.strip(), opened, text, follows);
    boolean removes = does.equals("remove");
    RuleContent content;
    try {
      content = content(project, draft, removes, confirmed);
    } catch (IllegalArgumentException wrong) {
      model.addAttribute("trouble", wrong.getMessage());
      return shown(project, draft, model);
    }
    try {
      return does.equals("check")
          ? checked(project, draft, content, person, model)
          : published(project, draft, removes, content, person, note.strip(), model, next);
    } catch (KafkaException failure) {
      model.addAttribute("trouble", publishing.told(failure));
      return shown(project, draft, model);
    }
  }

  /**
   * What was typed as a patch of the file, for where the rules are at home.
   *
   * @return the editor with the same text where nothing differs
   */
  @PostMapping("/p/{project}/rules/patch")
  Object patch(
      @PathVariable String project,
      @RequestParam String file,
      @RequestParam(defaultValue = "") String opened,
      @RequestParam String text,
      @RequestParam long follows,
      Model model) {
    var draft = new RuleDraft(file.strip(), opened, text, follows);
    String patch;
    try {
      patch = LinePatch.of(draft.file(), before(project, draft), draft.text());
    } catch (IllegalArgumentException wrong) {
      model.addAttribute("trouble", wrong.getMessage());
      return shown(project, draft, model);
    }
    if (patch.isEmpty()) {
      model.addAttribute("alike", follows);
      return shown(project, draft, model);
    }
    String name = draft.file().substring(draft.file().lastIndexOf('/') + 1) + ".patch";
    return ResponseEntity.ok()
        .contentType(new MediaType("text", "x-diff", StandardCharsets.UTF_8))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(name).build().toString())
        .body(patch);
  }

  private String before(String project, RuleDraft draft) {
    Optional<RuleContent> followed = followed(project, draft.follows());
    draft.in(followed, false);
    return text(followed, draft.file());
  }

  private RuleContent content(String project, RuleDraft draft, boolean removes, String confirmed) {
    if (removes && !confirmed.equals("yes")) {
      throw new IllegalArgumentException("nothing was removed: the confirmation was not ticked");
    }
    return draft.in(followed(project, draft.follows()), removes);
  }

  private String checked(
      String project, RuleDraft draft, RuleContent content, SignedIn person, Model model) {
    List<Issue> issues = publishing.check(project, content, person);
    tell(issues, content, model);
    model.addAttribute("checked", issues.stream().noneMatch(Issue::isError));
    return shown(project, draft, model);
  }

  /** Not whatever is in force: who has not seen a change must not undo it. */
  private Optional<RuleContent> followed(String project, long generation) {
    if (generation == 0) {
      return Optional.empty();
    }
    Optional<RuleContent> content = known.content(project, generation);
    if (content.isEmpty()) {
      throw new IllegalArgumentException(
          "generation %d, which this follows, is not known here".formatted(generation));
    }
    return content;
  }

  private String published(
      String project,
      RuleDraft draft,
      boolean removes,
      RuleContent content,
      SignedIn person,
      String note,
      Model model,
      RedirectAttributes next) {
    RulePublishing.Result result =
        publishing.publish(project, content, person, OptionalLong.of(draft.follows()), false, note);
    return switch (result) {
      case RulePublishing.Result.Done(var set, var isNew, var warnings) -> {
        next.addFlashAttribute("published", set.generation());
        next.addFlashAttribute("isNew", isNew);
        next.addFlashAttribute("warnings", rendered(warnings, content));
        yield "redirect:/p/{project}/rules";
      }
      case RulePublishing.Result.Wrong(var issues) -> {
        tell(issues, content, model);
        yield shown(project, draft, model);
      }
      case RulePublishing.Result.Overtaken(var newest) ->
          overtaken(project, draft, removes, newest, model);
      case RulePublishing.Result.Elsewhere(var newest) -> {
        compare(project, draft, removes, Optional.of(newest), model);
        model.addAttribute("elsewhere", GenerationRow.of(newest));
        yield shown(project, draft, model);
      }
      case RulePublishing.Result.Waiting(var proposal) -> {
        next.addFlashAttribute("proposed", proposal.id());
        yield "redirect:/p/{project}/rules";
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
  private String overtaken(
      String project, RuleDraft draft, boolean removes, Optional<RuleSet> newest, Model model) {
    compare(project, draft, removes, newest, model);
    model.addAttribute("overtaken", newest.map(RuleSet::generation).orElse(0L));
    model.addAttribute("by", newest.map(set -> set.origin().actor()).orElse(""));
    return shown(project, draft.following(newest.map(RuleSet::generation).orElse(0L)), model);
  }

  /**
   * With the very rules that are the newest on the broker, whatever is in force here: what is
   * published next follows these.
   */
  private void compare(
      String project, RuleDraft draft, boolean removes, Optional<RuleSet> newest, Model model) {
    newest.ifPresent(set -> publishing.awaitKnown(project, set.generation()));
    String before = text(followed(project, draft.follows()), draft.file());
    String theirs = text(newest.map(RuleSet::content), draft.file());
    model.addAttribute("theirs", LineDiff.of(before, theirs));
    model.addAttribute("mine", LineDiff.of(theirs, removes ? "" : draft.text()));
  }

  private static String text(Optional<RuleContent> content, String file) {
    return content.flatMap(one -> RuleDraft.file(one, file)).map(SourceFile::text).orElse("");
  }

  private String shown(String project, RuleDraft draft, Model model) {
    Optional<GenerationRow> now =
        active.generation(project).map(one -> GenerationRow.of(one.set()));
    model.addAttribute("here", "rules");
    model.addAttribute("draft", draft);
    model.addAttribute("now", now.orElse(null));
    model.addAttribute(
        "readOnly",
        model.containsAttribute("elsewhere")
            || now.filter(one -> one.origin().home().isFiles()).isPresent());
    return "rules-edit";
  }

  private static void tell(List<Issue> issues, RuleContent content, Model model) {
    model.addAttribute("issues", issues.stream().map(RuleItems.IssueItem::of).toList());
    model.addAttribute("rendered", rendered(issues, content));
  }

  private static String rendered(List<Issue> issues, RuleContent content) {
    return new IssueRenderer(content.files()).render(issues);
  }
}
