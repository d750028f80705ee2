package io.assay.web.overview;

import io.assay.web.access.SignedIn;
import io.assay.web.system.Page;
import io.assay.web.violations.LatestViolations;
import java.time.Clock;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The first page of a project. */
@Page
class OverviewPage {
  private static final int LATEST = 8;

  private final OverviewQueries queries;
  private final LatestViolations latest;
  private final Clock clock;

  OverviewPage(OverviewQueries queries, LatestViolations latest, Clock clock) {
    this.queries = queries;
    this.latest = latest;
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
    model.addAttribute("overview", Overview.of(queries, project, chosen, clock));
    model.addAttribute("latest", latest.of(project, person, LATEST));
    return "overview";
  }
}
