package io.assay.web.assertions;

import io.assay.web.access.Access;
import io.assay.web.access.Role;
import io.assay.web.access.SignedIn;
import io.assay.web.rates.Range;
import io.assay.web.system.Page;
import io.assay.web.violations.LatestViolations;
import io.assay.web.violations.PrivateRight;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** One assertion: how it fares, where, since when, and who made it so. */
@Page
class AssertionPage {
  private static final int LATEST = 8;

  private final AssertionDetails details;
  private final LatestViolations latest;
  private final Access access;

  AssertionPage(AssertionDetails details, LatestViolations latest, Access access) {
    this.details = details;
    this.latest = latest;
    this.access = access;
  }

  @GetMapping("/p/{project}/assertions/{name}")
  String show(
      @PathVariable String project,
      @PathVariable String name,
      @RequestParam(defaultValue = "24h") String range,
      @AuthenticationPrincipal SignedIn person,
      Model model) {
    Range chosen = Range.of(range).orElse(Range.DAY);
    AssertionDetail detail =
        details
            .of(project, name, chosen, PrivateRight.of(access, person, project))
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    model.addAttribute("here", "assertions");
    model.addAttribute("ranges", Range.values());
    model.addAttribute("range", chosen);
    model.addAttribute("detail", detail);
    model.addAttribute("line", detail.line());
    model.addAttribute("latest", latest.of(project, name, person, LATEST));
    model.addAttribute(
        "author",
        access.role(person, project).filter(role -> role.covers(Role.AUTHOR)).isPresent());
    return "assertion";
  }
}
