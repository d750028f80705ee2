package io.assay.web.rules;

import io.assay.assertion.rule.SourceFile;
import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleGeneration;
import io.assay.web.access.SignedIn;
import io.assay.web.backtests.BacktestRow;
import io.assay.web.backtests.Backtests;
import io.assay.web.system.CsvFiles;
import io.assay.web.system.CsvParts;
import io.assay.web.system.Page;
import io.assay.web.system.TimePlace;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
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
 * A draft judged over the past: asked for in the editor, watched, cancelled and asked for again.
 */
@Page
class BacktestPages {
  private static final int SIZE = 25;

  private final Backtests backtests;
  private final BacktestAsking asking;
  private final ActiveRules active;
  private final CsvFiles files;
  private final Clock clock;

  BacktestPages(
      Backtests backtests, BacktestAsking asking, ActiveRules active, CsvFiles files, Clock clock) {
    this.files = files;
    this.backtests = backtests;
    this.asking = asking;
    this.active = active;
    this.clock = clock;
  }

  /**
   * Asks for one, or shows the draft again with why nothing was judged.
   *
   * @param opened the file that was opened; none for a new one
   * @param follows the generation that was looked at, 0 for none
   * @param hours how long the range is
   * @param until its end: RFC 3339, or as a browser's field has it, in UTC; empty for now
   */
  @PostMapping("/p/{project}/backtests")
  String begin(
      @PathVariable String project,
      @RequestParam String file,
      @RequestParam(defaultValue = "") String opened,
      @RequestParam String text,
      @RequestParam(defaultValue = "0") long follows,
      @RequestParam(defaultValue = "24") int hours,
      @RequestParam(defaultValue = "") String until,
      @AuthenticationPrincipal SignedIn person,
      Model model,
      RedirectAttributes next) {
    var asked = new RuleAssistItems.Asked(file, text, null);
    try {
      PastRange range = PastRange.back(hours, until, clock);
      String id = asking.begin(project, asked.draft(), range, person);
      next.addAttribute("id", id);
      return "redirect:/p/{project}/backtests/{id}";
    } catch (IllegalStateException | IllegalArgumentException no) {
      model.addAttribute("unjudged", no.getMessage());
      model.addAttribute("hours", PastRange.hours(hours));
      model.addAttribute("until", until);
      return draft(project, new RuleDraft(file.strip(), opened, text, follows), model);
    }
  }

  /** All of a project, the newest first. */
  @GetMapping("/p/{project}/backtests")
  String list(
      @PathVariable String project, @RequestParam(defaultValue = "") String after, Model model) {
    List<BacktestRow> found = backtests.newest(project, TimePlace.read("after", after), SIZE + 1);
    model.addAttribute("here", "rules");
    model.addAttribute("rows", found.stream().limit(SIZE).map(BacktestLine::of).toList());
    model.addAttribute("first", after.isEmpty());
    model.addAttribute("next", found.size() > SIZE ? found.get(SIZE - 1).place().text() : "");
    model.addAttribute("kept", Backtests.KEPT);
    return "backtests";
  }

  /** The same, whole. */
  @GetMapping("/p/{project}/backtests.csv")
  void csv(@PathVariable String project, HttpServletResponse response) throws IOException {
    files.<TimePlace>send(
        response,
        "backtests.csv",
        BacktestLine.HEAD,
        after ->
            CsvParts.Part.of(
                backtests.newest(project, after, CsvFiles.PART),
                CsvFiles.PART,
                row -> BacktestLine.of(row).cells(),
                BacktestRow::place));
  }

  /** How far it is, or what came of it. */
  @GetMapping("/p/{project}/backtests/{id}")
  String show(@PathVariable String project, @PathVariable String id, Model model) {
    BacktestRow row = row(project, id);
    model.addAttribute("here", "rules");
    model.addAttribute("job", BacktestLine.of(row));
    model.addAttribute("told", backtests.result(project, id).orElse(null));
    return "backtest";
  }

  /** Stops it; what it has judged by then is not told. */
  @PostMapping("/p/{project}/backtests/{id}/cancel")
  String cancel(@PathVariable String project, @PathVariable String id) {
    if (row(project, id).state().isOpen()) {
      backtests.cancel(project, id);
    }
    return "redirect:/p/{project}/backtests/{id}";
  }

  /** Asks for the same once more, beside what is in force now. */
  @PostMapping("/p/{project}/backtests/{id}/again")
  String again(
      @PathVariable String project,
      @PathVariable String id,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes next) {
    try {
      next.addAttribute("begun", asking.again(project, id, person));
      return "redirect:/p/{project}/backtests/{begun}";
    } catch (IllegalStateException | IllegalArgumentException no) {
      next.addFlashAttribute("unjudged", no.getMessage());
      return "redirect:/p/{project}/backtests/{id}";
    }
  }

  /** The text that was judged, to go on writing. */
  @GetMapping("/p/{project}/backtests/{id}/edit")
  String edit(@PathVariable String project, @PathVariable String id, Model model) {
    BacktestRow row = row(project, id);
    RuleContent judged =
        backtests
            .draft(project, id)
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "it has gone"));
    String text = RuleDraft.file(judged, row.file()).map(SourceFile::text).orElse("");
    var now = active.generation(project);
    boolean known = now.flatMap(one -> RuleDraft.file(one.set().content(), row.file())).isPresent();
    var draft =
        new RuleDraft(
            row.file(), known ? row.file() : "", text, now.map(RuleGeneration::number).orElse(0L));
    return draft(project, draft, model);
  }

  private String draft(String project, RuleDraft draft, Model model) {
    var now = active.generation(project);
    model.addAttribute("here", "rules");
    model.addAttribute("draft", draft);
    model.addAttribute("now", now.map(one -> GenerationRow.of(one.set())).orElse(null));
    model.addAttribute(
        "readOnly", now.filter(one -> one.set().origin().home().isFiles()).isPresent());
    return "rules-edit";
  }

  private BacktestRow row(String project, String id) {
    return BacktestAsking.row(backtests, project, id);
  }
}
