package io.assay.web.assertions;

import io.assay.web.access.Access;
import io.assay.web.access.Role;
import io.assay.web.access.SignedIn;
import io.assay.web.rates.Range;
import io.assay.web.system.Page;
import java.util.Optional;
import java.util.OptionalDouble;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** What would remain of an assertion's violations with another threshold. */
@Page
class ThresholdPage {
  private final AssertionDetails details;
  private final SeenViolations violations;
  private final Access access;

  ThresholdPage(AssertionDetails details, SeenViolations violations, Access access) {
    this.details = details;
    this.violations = violations;
    this.access = access;
  }

  /**
   * {@code at}: a threshold, in seconds where it is a time; {@code of}: of which comparison, where
   * there are several.
   */
  @GetMapping("/p/{project}/assertions/{name}/thresholds")
  String show(
      @PathVariable String project,
      @PathVariable String name,
      @RequestParam(defaultValue = "24h") String range,
      @RequestParam(defaultValue = "") String at,
      @RequestParam(defaultValue = "") String of,
      @AuthenticationPrincipal SignedIn person,
      Model model) {
    Range chosen = Range.of(range).orElse(Range.DAY);
    AssertionDetails.Named detail =
        details
            .named(project, name, chosen)
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    OptionalDouble asked = number(at);
    Optional<Thresholds> thresholds =
        Thresholds.of(
            violations.newest(project, name, detail.period()),
            violations.reviewed(project, name, detail.period()),
            of,
            asked);
    model.addAttribute("here", "assertions");
    model.addAttribute("ranges", Range.values());
    model.addAttribute("range", chosen);
    model.addAttribute("line", detail.line());
    model.addAttribute("place", detail.place());
    model.addAttribute("thresholds", thresholds.orElse(null));
    model.addAttribute("asked", at);
    model.addAttribute("of", of);
    model.addAttribute("unread", !at.isBlank() && asked.isEmpty());
    model.addAttribute(
        "author",
        access.role(person, project).filter(role -> role.covers(Role.AUTHOR)).isPresent());
    return "thresholds";
  }

  private static OptionalDouble number(String text) {
    try {
      double number = Double.parseDouble(text.strip());
      return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    } catch (NumberFormatException none) {
      return OptionalDouble.empty();
    }
  }
}
