package io.assay.web.rules;

import io.assay.assertion.rule.SourceFile;
import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleGeneration;
import io.assay.stream.contract.RuleUse;
import io.assay.web.access.Access;
import io.assay.web.access.Role;
import io.assay.web.access.SignedIn;
import io.assay.web.system.CsvFiles;
import io.assay.web.system.CsvParts;
import io.assay.web.system.Moment;
import io.assay.web.system.Page;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The rules in use, whether they judge, and how they came to be. */
@Page
class RulesPage {
  private static final int SHOWN = 50;
  private static final int DECIDED = 20;

  private final ActiveRules active;
  private final RuleHistory history;
  private final KnownGenerations known;
  private final KnownAssertions assertions;
  private final RuleUsage usage;
  private final UnusableTargets targets;
  private final RuleProposals proposals;
  private final Access access;
  private final CsvFiles files;

  RulesPage(
      ActiveRules active,
      RuleHistory history,
      KnownGenerations known,
      KnownAssertions assertions,
      RuleUsage usage,
      UnusableTargets targets,
      RuleProposals proposals,
      Access access,
      CsvFiles files) {
    this.active = active;
    this.history = history;
    this.known = known;
    this.assertions = assertions;
    this.usage = usage;
    this.targets = targets;
    this.proposals = proposals;
    this.access = access;
    this.files = files;
  }

  /**
   * {@code text} filters the assertions; behind {@code after} the history goes on, and behind the
   * proposal {@code decided} those that were decided.
   */
  @GetMapping("/p/{project}/rules")
  String show(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(defaultValue = "") String after,
      @RequestParam Optional<Long> decided,
      @AuthenticationPrincipal SignedIn person,
      Model model) {
    Optional<RuleGeneration> now = active.generation(project);
    model.addAttribute("here", "rules");
    model.addAttribute("text", text);
    model.addAttribute("now", now.map(one -> GenerationRow.of(one.set())).orElse(null));
    model.addAttribute("connected", active.isConnected());
    model.addAttribute("refusal", active.refusal(project).orElse(null));
    showHistory(project, after, model);
    model.addAttribute("unusable", targets.of(project));
    model.addAttribute("author", covers(person, project));
    long inForce = now.map(RuleGeneration::number).orElse(0L);
    model.addAttribute(
        "waiting",
        proposals.waiting(project).stream()
            .map(one -> ProposalRow.of(one, person.name(), inForce, change(one)))
            .toList());
    showDecided(project, decided, inForce, person, model);
    now.ifPresent(one -> inUse(project, one, text, model));
    return "rules";
  }

  private void showDecided(
      String project, Optional<Long> behind, long inForce, SignedIn person, Model model) {
    List<RuleProposal> found =
        proposals.newest(
            project,
            Optional.of(false),
            behind.map(OptionalLong::of).orElseGet(OptionalLong::empty),
            DECIDED + 1);
    List<ProposalRow> shown =
        found.stream()
            .limit(DECIDED)
            .map(one -> ProposalRow.of(one, person.name(), inForce, new RuleChange(List.of())))
            .toList();
    model.addAttribute("decided", shown);
    model.addAttribute("decidedFirst", behind.isEmpty());
    model.addAttribute(
        "decidedNext", found.size() > DECIDED ? Long.toString(shown.getLast().id()) : "");
  }

  private void showHistory(String project, String after, Model model) {
    List<GenerationRow> found = history.of(project, GenerationPlace.read(after), SHOWN + 1);
    List<GenerationRow> shown = found.subList(0, Math.min(SHOWN, found.size()));
    model.addAttribute("history", shown);
    // With which each is compared: the one before it.
    model.addAttribute(
        "former",
        IntStream.range(0, shown.size())
            .mapToObj(i -> i + 1 < found.size() ? found.get(i + 1).generation() : 0L)
            .toList());
    model.addAttribute("historyFirst", after.isEmpty());
    model.addAttribute(
        "historyNext", found.size() > SHOWN ? GenerationPlace.of(shown.getLast()).text() : "");
  }

  private RuleChange change(RuleProposal proposal) {
    return RuleChange.of(known, proposal);
  }

  private void inUse(String project, RuleGeneration now, String text, Model model) {
    Optional<RuleUsage.Told> told = usage.of(project);
    List<RuleUse> uses = told.map(RuleUsage.Told::uses).orElse(List.of());
    List<AssertionRow> all = assertions.of(project).stream().map(AssertionRow::row).toList();
    model.addAttribute("files", now.set().content().files());
    model.addAttribute("owners", AssertionRow.owners(all));
    model.addAttribute("total", all.size());
    model.addAttribute("ill", all.stream().filter(one -> !one.state().isWell()).count());
    model.addAttribute("rows", all.stream().filter(one -> one.fits(text)).toList());
    model.addAttribute("told", told.map(one -> new Moment(one.at())).orElse(null));
    model.addAttribute("late", told.filter(RuleUsage.Told::isLate).isPresent());
    model.addAttribute(
        "tasks",
        uses.stream()
            .collect(
                Collectors.groupingBy(RuleUse::generation, TreeMap::new, Collectors.counting()))
            .descendingMap());
  }

  /** The assertions, as they are filtered. */
  @GetMapping("/p/{project}/rules.csv")
  void csv(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String text,
      HttpServletResponse response)
      throws IOException {
    List<AssertionRow> rows = assertions.of(project).stream().map(AssertionRow::row).toList();
    files.<String>send(
        response,
        "rules.csv",
        AssertionRow.COLUMNS,
        after ->
            new CsvParts.Part<>(
                rows.stream().filter(one -> one.fits(text)).map(AssertionRow::cells).toList(),
                Optional.empty()));
  }

  /** A file in force, with numbers at its lines. */
  @GetMapping("/p/{project}/rules/file")
  String file(
      @PathVariable String project,
      @RequestParam String name,
      @AuthenticationPrincipal SignedIn person,
      Model model) {
    Optional<RuleGeneration> now = active.generation(project);
    SourceFile file =
        now.flatMap(one -> RuleDraft.file(one.set().content(), name))
            .orElseThrow(
                () ->
                    new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "there is no file '" + name + "'"));
    model.addAttribute("here", "rules");
    model.addAttribute("file", file);
    model.addAttribute("lines", file.text().lines().toList());
    model.addAttribute(
        "modes",
        now.stream()
            .flatMap(one -> one.rules().assertions().stream())
            .filter(one -> one.span().source().equals(name))
            .toList());
    model.addAttribute("now", now.map(one -> GenerationRow.of(one.set())).orElse(null));
    model.addAttribute("author", covers(person, project));
    return "rules-file";
  }

  /** What came with generation {@code to}, and was not in {@code from}; 0 is before all. */
  @GetMapping("/p/{project}/rules/diff")
  String diff(
      @PathVariable String project,
      @RequestParam long from,
      @RequestParam long to,
      @AuthenticationPrincipal SignedIn person,
      Model model) {
    Map.Entry<GenerationRow, RuleContent> after = one(project, to);
    Optional<Map.Entry<GenerationRow, RuleContent>> before =
        from == 0 ? Optional.empty() : Optional.of(one(project, from));
    model.addAttribute("here", "rules");
    model.addAttribute("from", from);
    model.addAttribute("to", after.getKey());
    model.addAttribute(
        "change",
        before
            .map(old -> RuleChange.of(old.getValue(), after.getValue()))
            .orElseGet(() -> RuleChange.ofAll(after.getValue())));
    model.addAttribute("history", history.of(project, SHOWN));
    Optional<GenerationRow> now =
        active.generation(project).map(one -> GenerationRow.of(one.set()));
    model.addAttribute("now", now.orElse(null));
    model.addAttribute(
        "restores",
        covers(person, project)
            && now.filter(one -> one.generation() != to && !one.origin().home().isFiles())
                .isPresent());
    return "rules-diff";
  }

  private Map.Entry<GenerationRow, RuleContent> one(String project, long generation) {
    return history
        .one(project, generation)
        .orElseThrow(
            () ->
                new ResponseStatusException(
                    HttpStatus.NOT_FOUND, "there is no generation " + generation));
  }

  private boolean covers(SignedIn person, String project) {
    return access.role(person, project).filter(role -> role.covers(Role.AUTHOR)).isPresent();
  }
}
