package io.assay.web.rules;

import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleGeneration;
import io.assay.web.access.SignedIn;
import io.assay.web.system.Listing;
import io.assay.web.system.Refused;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** One file of the rules, for programs: read, changed, removed; and what changed when. */
@RestController
@RequestMapping("/api/v1/projects/{project}/rules")
class RuleFilesApi {
  private static final int MOST = 500;

  /** Each is read whole. */
  private static final int MOST_OF_FILE = 100;

  private final ActiveRules active;
  private final RuleHistory history;
  private final KnownGenerations known;
  private final FileVersions versions;
  private final EvidenceTests tests;
  private final RuleAnswers answers;

  RuleFilesApi(
      ActiveRules active,
      RuleHistory history,
      KnownGenerations known,
      FileVersions versions,
      EvidenceTests tests,
      RuleAnswers answers) {
    this.active = active;
    this.history = history;
    this.known = known;
    this.versions = versions;
    this.tests = tests;
    this.answers = answers;
  }

  /** As it is in force, or was in an older generation. */
  @GetMapping("/file")
  ResponseEntity<RuleItems.OneFile> file(
      @PathVariable String project,
      @RequestParam String name,
      @RequestParam(required = false) @Nullable Long generation) {
    long number =
        generation == null
            ? active.generation(project).map(RuleGeneration::number).orElse(0L)
            : generation;
    SourceFile file =
        known
            .content(project, number)
            .flatMap(one -> RuleDraft.file(one, name))
            .orElseThrow(() -> noFile(name, number));
    List<RuleItems.FileAssertion> assertions =
        active
            .generation(project, number)
            .map(
                one ->
                    one.rules().assertions().stream()
                        .filter(assertion -> assertion.span().source().equals(name))
                        .map(RuleFilesApi::assertion)
                        .toList())
            .orElse(null);
    return ResponseEntity.ok()
        .eTag(Long.toString(number))
        .body(new RuleItems.OneFile(number, RuleItems.FileItem.of(file), assertions));
  }

  private static RuleItems.FileAssertion assertion(CheckedAssertion one) {
    return new RuleItems.FileAssertion(
        one.name(), one.mode().name().toLowerCase(Locale.ROOT), one.span().line());
  }

  private static Refused noFile(String name, long generation) {
    return new Refused(
        HttpStatus.NOT_FOUND,
        "there is no file '%s' in generation %d of the rules".formatted(name, generation));
  }

  /** A file that is new, or takes the place of one of the same name; the others stay. */
  @PutMapping(path = "/file", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Object> change(
      @PathVariable String project,
      @RequestParam String name,
      @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String match,
      @RequestParam(defaultValue = "") String note,
      @RequestBody RuleItems.TextWanted wanted,
      @AuthenticationPrincipal SignedIn person) {
    String text = wanted.text();
    if (text == null) {
      throw Refused.bad("a file needs a text, got nothing");
    }
    return answers.change(
        new RuleAnswers.Wish(project, person, RuleAnswers.expected(match), "", note),
        base -> draft(base, name, text).in(base.content(), false));
  }

  /** Takes a file out of the rules. */
  @DeleteMapping("/file")
  ResponseEntity<Object> remove(
      @PathVariable String project,
      @RequestParam String name,
      @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String match,
      @RequestParam(defaultValue = "") String note,
      @AuthenticationPrincipal SignedIn person) {
    return answers.change(
        new RuleAnswers.Wish(project, person, RuleAnswers.expected(match), "", note),
        base -> {
          if (base.content().flatMap(one -> RuleDraft.file(one, name)).isEmpty()) {
            throw noFile(name, base.generation());
          }
          return draft(base, name, "").in(base.content(), true);
        });
  }

  private static RuleDraft draft(RuleAnswers.Base base, String name, String text) {
    boolean isThere = base.content().flatMap(one -> RuleDraft.file(one, name)).isPresent();
    return new RuleDraft(name, isThere ? name : "", text, base.generation());
  }

  /**
   * What was published, the newest first; with {@code file} only what changed that one. Of a file a
   * part may have few or none and still name what follows it.
   */
  @GetMapping("/generations")
  Listing<RuleItems.Version> generations(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String file,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "50") int limit) {
    Optional<GenerationPlace> place = GenerationPlace.read(after);
    if (!file.isEmpty()) {
      Listing.requireLimit(limit, MOST_OF_FILE);
      return versions.of(project, file, place, limit);
    }
    Listing.requireLimit(limit, MOST);
    return Listing.of(
        history.of(project, place, limit + 1),
        limit,
        row -> new RuleItems.Version(RuleItems.Item.of(row), null, 0, 0),
        row -> GenerationPlace.of(row).text());
  }

  /** What came with generation {@code to}, and was not in {@code from}; 0 is before all. */
  @GetMapping("/diff")
  RuleItems.Difference diff(
      @PathVariable String project, @RequestParam long from, @RequestParam long to) {
    RuleContent after = one(project, to);
    RuleChange change =
        from == 0 ? RuleChange.ofAll(after) : RuleChange.of(one(project, from), after);
    return new RuleItems.Difference(from, to, RuleItems.FileChange.of(change));
  }

  /** {@code test}: to stand at the end of the file, which is of that generation. */
  record EvidenceTest(long generation, String file, String test) {}

  /** A test that the evidence of a violation makes, for the file of its assertion. */
  @GetMapping("/evidence-test")
  EvidenceTest evidenceTest(
      @PathVariable String project, @RequestParam LocalDate day, @RequestParam String violation) {
    return tests
        .of(project, day, violation)
        .map(made -> new EvidenceTest(made.generation(), made.file().name(), made.test()))
        .orElseThrow(() -> new Refused(HttpStatus.NOT_FOUND, EvidenceTests.NOTHING));
  }

  private RuleContent one(String project, long generation) {
    return known.content(project, generation).orElseThrow(() -> RuleAnswers.missing(generation));
  }
}
