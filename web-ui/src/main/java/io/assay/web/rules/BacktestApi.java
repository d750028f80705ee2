package io.assay.web.rules;

import io.assay.assertion.rule.SourceFile;
import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleGeneration;
import io.assay.web.access.SignedIn;
import io.assay.web.backtests.BacktestRow;
import io.assay.web.backtests.Backtests;
import io.assay.web.system.Listing;
import io.assay.web.system.Refused;
import io.assay.web.system.TimePlace;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Backtests of drafts, for programs. */
@RestController
@RequestMapping("/api/v1/projects/{project}/backtests")
class BacktestApi {
  private static final int MOST = 100;

  private final Backtests backtests;
  private final BacktestAsking asking;
  private final ActiveRules active;

  BacktestApi(Backtests backtests, BacktestAsking asking, ActiveRules active) {
    this.backtests = backtests;
    this.asking = asking;
    this.active = active;
  }

  /** The newest first, without their figures. */
  @GetMapping
  Listing<BacktestItems.Item> newest(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "20") int limit) {
    Listing.requireLimit(limit, MOST);
    return Listing.of(
        backtests.newest(project, TimePlace.read("after", after), limit + 1),
        limit,
        one -> BacktestItems.Item.of(one, null),
        row -> row.place().text());
  }

  /** Asks for one. */
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  BacktestItems.Item begin(
      @PathVariable String project,
      @RequestBody BacktestItems.Wanted wanted,
      @AuthenticationPrincipal SignedIn person) {
    PastRange range = PastRange.of("a backtest", wanted.from(), wanted.to());
    var asked = new RuleAssistItems.Asked(wanted.file(), wanted.text(), null);
    return begun(project, () -> asking.begin(project, asked.draft(), range, person));
  }

  /** Asks for the same once more, beside what is in force now. */
  @PostMapping("/{id}/again")
  @ResponseStatus(HttpStatus.ACCEPTED)
  BacktestItems.Item again(
      @PathVariable String project,
      @PathVariable String id,
      @AuthenticationPrincipal SignedIn person) {
    return begun(project, () -> asking.again(project, id, person));
  }

  private BacktestItems.Item begun(String project, Supplier<String> begin) {
    try {
      return item(project, begin.get());
    } catch (IllegalArgumentException wrong) {
      throw new Refused(HttpStatus.UNPROCESSABLE_CONTENT, String.valueOf(wrong.getMessage()));
    } catch (IllegalStateException no) {
      throw new Refused(HttpStatus.CONFLICT, String.valueOf(no.getMessage()));
    }
  }

  /** How far one is, or what came of it. */
  @GetMapping("/{id}")
  BacktestItems.Item one(@PathVariable String project, @PathVariable String id) {
    return item(project, id);
  }

  /** Stops one that waits or runs; of one that is over nothing changes. */
  @DeleteMapping("/{id}")
  BacktestItems.Item cancel(@PathVariable String project, @PathVariable String id) {
    BacktestRow row = BacktestAsking.row(backtests, project, id);
    if (row.state().isOpen()) {
      backtests.cancel(project, id);
    }
    return item(project, id);
  }

  /** The text that was judged, and how it differs from what is in force now. */
  @GetMapping("/{id}/draft")
  BacktestItems.Draft draft(@PathVariable String project, @PathVariable String id) {
    BacktestRow row = BacktestAsking.row(backtests, project, id);
    RuleContent judged =
        backtests
            .draft(project, id)
            .orElseThrow(() -> new Refused(HttpStatus.NOT_FOUND, "it has gone"));
    Optional<RuleGeneration> now = active.generation(project);
    String text = text(Optional.of(judged), row.file());
    String inForce = text(now.map(one -> one.set().content()), row.file());
    return new BacktestItems.Draft(
        row.file(),
        text,
        now.map(RuleGeneration::number).orElse(0L),
        RuleItems.ChangedLine.of(LineDiff.of(inForce, text)));
  }

  private static String text(Optional<RuleContent> content, String file) {
    return content.flatMap(one -> RuleDraft.file(one, file)).map(SourceFile::text).orElse("");
  }

  private BacktestItems.Item item(String project, String id) {
    return BacktestItems.Item.of(
        BacktestAsking.row(backtests, project, id), backtests.result(project, id).orElse(null));
  }
}
