package io.assay.web.rules;

import io.assay.web.access.SignedIn;
import io.assay.web.backtests.BacktestRow;
import io.assay.web.backtests.Backtests;
import io.assay.web.system.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
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

  BacktestApi(Backtests backtests, BacktestAsking asking) {
    this.backtests = backtests;
    this.asking = asking;
  }

  @ExceptionHandler
  ResponseEntity<Object> refused(Refused refused, HttpServletRequest request) {
    return refused.answer(request.getRequestURI());
  }

  /** The newest first, without their figures. */
  @GetMapping
  BacktestItems.Listing newest(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "20") int limit) {
    if (limit < 1 || limit > MOST) {
      throw Refused.bad("limit needs 1 .. %d, got %d".formatted(MOST, limit));
    }
    List<BacktestRow> found = backtests.newest(project, after, limit + 1);
    List<BacktestRow> shown = found.stream().limit(limit).toList();
    return new BacktestItems.Listing(
        shown.stream().map(one -> BacktestItems.Item.of(one, null)).toList(),
        found.size() > limit ? shown.getLast().id() : null);
  }

  /** Asks for one. */
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  BacktestItems.Item begin(
      @PathVariable String project,
      @RequestBody BacktestItems.Wanted wanted,
      @AuthenticationPrincipal SignedIn person) {
    var from = wanted.from();
    var to = wanted.to();
    if (from == null || to == null) {
      throw Refused.bad("a backtest needs a range: from and to, in RFC 3339");
    }
    var asked = new RuleAssistItems.Asked(wanted.file(), wanted.text(), null);
    try {
      return item(project, asking.begin(project, asked.draft(), from, to, person));
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

  private BacktestItems.Item item(String project, String id) {
    return BacktestItems.Item.of(
        BacktestAsking.row(backtests, project, id), backtests.result(project, id).orElse(null));
  }
}
