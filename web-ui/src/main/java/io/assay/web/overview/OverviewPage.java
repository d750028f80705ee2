package io.assay.web.overview;

import io.assay.web.access.SignedIn;
import io.assay.web.alerts.FiringAlerts;
import io.assay.web.rates.Range;
import io.assay.web.rates.RateQueries;
import io.assay.web.rules.ActiveRules;
import io.assay.web.system.Page;
import io.assay.web.violations.LatestViolations;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The first page of a project. */
@Page
class OverviewPage {
  private static final int LATEST = 8;

  /** Of assertions, those that fired most; the page of assertions has all. */
  private static final int MOST_LINES = 12;

  private final RateQueries rates;
  private final OverviewQueries queries;
  private final ActiveRules rules;
  private final LatestViolations latest;
  private final FiringAlerts alerts;
  private final Clock clock;

  OverviewPage(
      RateQueries rates,
      OverviewQueries queries,
      ActiveRules rules,
      LatestViolations latest,
      FiringAlerts alerts,
      Clock clock) {
    this.rates = rates;
    this.queries = queries;
    this.rules = rules;
    this.latest = latest;
    this.alerts = alerts;
    this.clock = clock;
  }

  @GetMapping("/p/{project}")
  String show(
      @PathVariable String project,
      @RequestParam(defaultValue = "1h") String range,
      @AuthenticationPrincipal SignedIn person,
      Model model) {
    Range chosen = Range.of(range).orElse(Range.HOUR);
    model.addAttribute("here", "overview");
    model.addAttribute("ranges", Range.values());
    model.addAttribute("range", chosen);
    var sources = new Overview.Sources(rates, queries, rules.of(project));
    Overview overview = Overview.of(sources, project, chosen, clock.instant());
    model.addAttribute("overview", overview);
    model.addAttribute("lines", shown(project, overview));
    model.addAttribute("firing", alerts.count(project));
    model.addAttribute("latest", latest.of(project, person, LATEST));
    return "overview";
  }

  /** The first, with the minute that each fired in last. */
  private List<Overview.Line> shown(String project, Overview overview) {
    List<Overview.Line> first = overview.lines().stream().limit(MOST_LINES).toList();
    Map<String, Instant> last =
        rates.last(project, first.stream().map(Overview.Line::assertion).toList());
    return first.stream().map(line -> line.firedLast(last.get(line.assertion()))).toList();
  }
}
