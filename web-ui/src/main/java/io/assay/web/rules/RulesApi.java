package io.assay.web.rules;

import io.assay.assertion.rule.Issue;
import io.assay.assertion.rule.SourceFile;
import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleGeneration;
import io.assay.stream.contract.RuleSet;
import io.assay.web.access.SignedIn;
import io.assay.web.system.Broker;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
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
import org.springframework.web.server.ResponseStatusException;

/** The rules of a project, for programs: which are in force, which were, and those to come. */
@RestController
@RequestMapping("/api/v1/projects/{project}/rules")
class RulesApi {
  private static final int SHOWN = 100;
  private static final Pattern TAG = Pattern.compile("(?:W/)?\"?([0-9]{1,18})\"?");

  private final ActiveRules active;
  private final RuleHistory history;
  private final RulePublishing publishing;

  RulesApi(ActiveRules active, RuleHistory history, RulePublishing publishing) {
    this.active = active;
    this.history = history;
    this.publishing = publishing;
  }

  /** Those in force; {@code generation} asks for older ones. */
  @GetMapping
  ResponseEntity<RuleItems.Rules> show(
      @PathVariable String project, @RequestParam(required = false) @Nullable Long generation) {
    if (generation != null) {
      return history
          .one(project, generation)
          .map(one -> answer(rules(one.getKey(), one.getValue(), null, List.of())))
          .orElseThrow(() -> missing(generation));
    }
    List<RuleItems.Item> past =
        history.of(project, SHOWN).stream().map(RuleItems.Item::of).toList();
    RuleItems.Refused refused =
        active
            .refusal(project)
            .map(one -> new RuleItems.Refused(one.set().generation(), one.message()))
            .orElse(null);
    Optional<RuleGeneration> now = active.generation(project);
    return answer(
        now.map(RuleGeneration::set)
            .map(set -> rules(GenerationRow.of(set), set.content(), refused, past))
            .orElseGet(() -> new RuleItems.Rules(0, null, List.of(), Map.of(), refused, past)));
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
      GenerationRow row,
      RuleContent content,
      RuleItems.@Nullable Refused refused,
      List<RuleItems.Item> history) {
    return new RuleItems.Rules(
        row.generation(),
        RuleItems.Item.of(row),
        content.files().stream()
            .map(
                file -> new RuleItems.FileItem(file.name(), file.text(), file.usual().orElse(null)))
            .toList(),
        content.parameters(),
        refused,
        history);
  }

  private static ResponseStatusException missing(long generation) {
    return new ResponseStatusException(
        HttpStatus.NOT_FOUND, "there is no generation " + generation + " of the rules");
  }

  /** All rules of the project, to take the place of those that {@code If-Match} names. */
  @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Object> publish(
      @PathVariable String project,
      @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String match,
      @RequestParam(defaultValue = "") String home,
      @RequestBody RuleItems.Wanted wanted,
      @AuthenticationPrincipal SignedIn person) {
    return publish(project, expected(match), home, content(wanted), person);
  }

  /** The rules of an older generation once more, as a new one. */
  @PostMapping("/{generation}/restore")
  ResponseEntity<Object> restore(
      @PathVariable String project,
      @PathVariable long generation,
      @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String match,
      @RequestParam(defaultValue = "") String home,
      @AuthenticationPrincipal SignedIn person) {
    OptionalLong expected = expected(match);
    RuleContent content =
        history
            .one(project, generation)
            .map(Map.Entry::getValue)
            .orElseThrow(() -> missing(generation));
    return publish(project, expected, home, content, person);
  }

  private ResponseEntity<Object> publish(
      String project, OptionalLong expected, String home, RuleContent content, SignedIn person) {
    if (!home.isEmpty() && !home.equals("web")) {
      throw bad("home needs to be 'web', got '" + home + "'");
    }
    RulePublishing.Result result;
    try {
      result = publishing.publish(project, content, person, expected, !home.isEmpty());
    } catch (KafkaException failure) {
      return problem(Broker.status(failure), publishing.told(failure), Map.of());
    }
    return switch (result) {
      case RulePublishing.Result.Done(var set, var isNew, var warnings) ->
          ResponseEntity.ok()
              .eTag(Long.toString(set.generation()))
              .body(
                  new RuleItems.Published(
                      RuleItems.Item.of(GenerationRow.of(set)),
                      isNew,
                      warnings.stream().map(RuleItems.IssueItem::of).toList()));
      case RulePublishing.Result.Wrong(var issues) ->
          problem(
              HttpStatus.UNPROCESSABLE_CONTENT,
              "the rules have %d errors; nothing was published"
                  .formatted(issues.stream().filter(Issue::isError).count()),
              Map.of("issues", issues.stream().map(RuleItems.IssueItem::of).toList()));
      case RulePublishing.Result.Overtaken(var newest) ->
          overtaken(newest.map(RuleSet::generation).orElse(0L), expected.orElse(0));
      case RulePublishing.Result.Elsewhere(var newest) ->
          problem(
              HttpStatus.CONFLICT,
              "the rules are changed in %s (%s), not here; ?home=web moves them, once nobody publishes them from there"
                  .formatted(
                      newest.origin().place(),
                      newest.origin().home().name().toLowerCase(Locale.ROOT)),
              Map.of("home", newest.origin().home(), "place", newest.origin().place()));
      case RulePublishing.Result.Waiting(var proposal) ->
          ResponseEntity.accepted().body(RuleProposalItems.Item.of(proposal));
      case RulePublishing.Result.NoBroker() ->
          problem(
              HttpStatus.SERVICE_UNAVAILABLE,
              "rules are published on a broker, and assay.sink.bootstrap-servers is not set",
              Map.of());
    };
  }

  private static ResponseEntity<Object> overtaken(long newest, long expected) {
    return problem(
        HttpStatus.PRECONDITION_FAILED,
        "generation %d is in force, and not %d; look at it, and publish again"
            .formatted(newest, expected),
        Map.of("generation", newest));
  }

  private static ResponseEntity<Object> problem(
      HttpStatus status, String detail, Map<String, Object> more) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setTitle(status.getReasonPhrase());
    more.forEach(problem::setProperty);
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (status == HttpStatus.SERVICE_UNAVAILABLE) {
      answer.header(HttpHeaders.RETRY_AFTER, "5");
    }
    return answer.body(problem);
  }

  /** Two who change the same generation must not overwrite each other. */
  private static OptionalLong expected(@Nullable String match) {
    if (match == null) {
      throw new ResponseStatusException(
          HttpStatus.PRECONDITION_REQUIRED,
          "publishing needs If-Match with the generation that these rules follow, as its ETag has"
              + " it: \"0\" for the first, * for whichever");
    }
    var tag = TAG.matcher(match.strip());
    if (match.strip().equals("*")) {
      return OptionalLong.empty();
    }
    if (!tag.matches()) {
      throw bad("If-Match needs a generation, got " + match);
    }
    return OptionalLong.of(Long.parseLong(tag.group(1)));
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
            throw bad("the parameter '" + name + "' needs a text, got nothing");
          }
          given.put(name, value);
        });
    try {
      return new RuleContent(sources, given);
    } catch (IllegalArgumentException wrong) {
      throw bad(String.valueOf(wrong.getMessage()));
    }
  }

  private static SourceFile source(RuleItems.@Nullable FileItem file) {
    String name = file == null ? null : file.name();
    String text = file == null ? null : file.text();
    if (file == null || name == null || text == null || !RuleFileName.isOne(name)) {
      throw bad(
          "each file needs a text, and a name that ends in .assay, its folders divided by '/'; got %s"
              .formatted(name == null ? "no name" : "'" + name + "'"));
    }
    return new SourceFile(name, text, Optional.ofNullable(file.usual()));
  }

  private static ResponseStatusException bad(String message) {
    return new ResponseStatusException(HttpStatus.BAD_REQUEST, message);
  }
}
