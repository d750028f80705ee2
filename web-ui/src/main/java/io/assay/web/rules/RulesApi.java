package io.assay.web.rules;

import io.assay.assertion.Mode;
import io.assay.assertion.rule.SourceFile;
import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleGeneration;
import io.assay.web.access.SignedIn;
import io.assay.web.system.Refused;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The rules of a project, for programs: which are in force, and those to come. */
@RestController
@RequestMapping("/api/v1/projects/{project}/rules")
class RulesApi {
  private final ActiveRules active;
  private final RuleHistory history;
  private final ModeChanging changing;
  private final RuleAnswers answers;

  RulesApi(ActiveRules active, RuleHistory history, ModeChanging changing, RuleAnswers answers) {
    this.active = active;
    this.history = history;
    this.changing = changing;
    this.answers = answers;
  }

  /** Those in force; {@code generation} asks for older ones. */
  @GetMapping
  ResponseEntity<RuleItems.Rules> show(
      @PathVariable String project, @RequestParam(required = false) @Nullable Long generation) {
    if (generation != null) {
      return history
          .one(project, generation)
          .map(one -> answer(rules(one.getKey(), one.getValue(), null)))
          .orElseThrow(() -> RuleAnswers.missing(generation));
    }
    RuleItems.Refused refused =
        active
            .refusal(project)
            .map(one -> new RuleItems.Refused(one.set().generation(), one.message()))
            .orElse(null);
    Optional<RuleGeneration> now = active.generation(project);
    return answer(
        now.map(RuleGeneration::set)
            .map(set -> rules(GenerationRow.of(set), set.content(), refused))
            .orElseGet(() -> new RuleItems.Rules(0, null, List.of(), Map.of(), refused)));
  }

  /** Those in force as {@code assay canonical} prints them: by this another process judges. */
  @GetMapping(value = "/canonical", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<String> canonical(@PathVariable String project) {
    Optional<RuleGeneration> now = active.generation(project);
    String text = CanonicalPage.text(now);
    String number = Long.toString(now.map(RuleGeneration::number).orElse(0L));
    return ResponseEntity.ok()
        .eTag(number)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"%s-rules-%s.json\"".formatted(project, number))
        .body(text);
  }

  private static ResponseEntity<RuleItems.Rules> answer(RuleItems.Rules rules) {
    return ResponseEntity.ok().eTag(Long.toString(rules.generation())).body(rules);
  }

  private static RuleItems.Rules rules(
      GenerationRow row, RuleContent content, RuleItems.@Nullable Refused refused) {
    return new RuleItems.Rules(
        row.generation(),
        RuleItems.Item.of(row),
        content.files().stream().map(RuleItems.FileItem::of).toList(),
        content.parameters(),
        refused);
  }

  /** All rules of the project, to take the place of those that {@code If-Match} names. */
  @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Object> publish(
      @PathVariable String project,
      @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String match,
      @RequestParam(defaultValue = "") String home,
      @RequestParam(defaultValue = "") String note,
      @RequestBody RuleItems.Wanted wanted,
      @AuthenticationPrincipal SignedIn person) {
    return answers.publish(
        new RuleAnswers.Wish(project, person, RuleAnswers.expected(match), home, note),
        content(wanted));
  }

  /** The rules of an older generation once more, as a new one. */
  @PostMapping("/{generation}/restore")
  ResponseEntity<Object> restore(
      @PathVariable String project,
      @PathVariable long generation,
      @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String match,
      @RequestParam(defaultValue = "") String home,
      @RequestParam(defaultValue = "") String note,
      @AuthenticationPrincipal SignedIn person) {
    var wish = new RuleAnswers.Wish(project, person, RuleAnswers.expected(match), home, note);
    RuleContent content =
        history
            .one(project, generation)
            .map(Map.Entry::getValue)
            .orElseThrow(() -> RuleAnswers.missing(generation));
    return answers.publish(wish, content);
  }

  /** Takes one assertion to shadow, makes it active, or a draft. */
  @PostMapping(path = "/mode", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Object> mode(
      @PathVariable String project,
      @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String match,
      @RequestParam(defaultValue = "") String note,
      @RequestBody RuleItems.ModeWanted wanted,
      @AuthenticationPrincipal SignedIn person) {
    String assertion = wanted.assertion() == null ? "" : wanted.assertion();
    Mode mode = wanted.wantedMode();
    return answers.change(
        new RuleAnswers.Wish(project, person, RuleAnswers.expected(match), "", note),
        base ->
            base.content()
                .flatMap(seen -> changing.changed(project, seen, assertion, mode, person))
                .orElseThrow(
                    () ->
                        new Refused(
                            HttpStatus.UNPROCESSABLE_CONTENT, ModeChanging.notFound(assertion))));
  }

  private static RuleContent content(RuleItems.Wanted wanted) {
    List<RuleItems.@Nullable FileItem> files = wanted.files() == null ? List.of() : wanted.files();
    List<SourceFile> sources = files.stream().map(RulesApi::source).toList();
    Map<String, @Nullable String> parameters =
        wanted.parameters() == null ? Map.of() : wanted.parameters();
    Map<String, String> given = new HashMap<>();
    parameters.forEach(
        (name, value) -> {
          if (value == null) {
            throw Refused.bad("the parameter '" + name + "' needs a text, got nothing");
          }
          given.put(name, value);
        });
    try {
      return new RuleContent(sources, given);
    } catch (IllegalArgumentException wrong) {
      throw Refused.bad(String.valueOf(wrong.getMessage()));
    }
  }

  private static SourceFile source(RuleItems.@Nullable FileItem file) {
    String name = file == null ? null : file.name();
    String text = file == null ? null : file.text();
    if (file == null || name == null || text == null || !RuleFileName.isOne(name)) {
      throw Refused.bad(
          "each file needs a text, and a name that ends in .assay, its folders divided by '/'; got %s"
              .formatted(name == null ? "no name" : "'" + name + "'"));
    }
    return new SourceFile(name, text, Optional.ofNullable(file.usual()));
  }
}
