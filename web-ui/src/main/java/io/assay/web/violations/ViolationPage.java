package io.assay.web.violations;

import io.assay.web.access.Access;
import io.assay.web.access.Role;
import io.assay.web.access.SignedIn;
import io.assay.web.system.Page;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** One violation: why, when, and what there was to see. */
@Page
class ViolationPage {
  private final ViolationSearch violations;
  private final ViolationView view;
  private final Neighbourhood around;
  private final CountedViolations counted;
  private final Access access;

  ViolationPage(
      ViolationSearch violations,
      ViolationView view,
      Neighbourhood around,
      CountedViolations counted,
      Access access) {
    this.violations = violations;
    this.view = view;
    this.around = around;
    this.counted = counted;
    this.access = access;
  }

  @GetMapping("/p/{project}/violations/{day}/{id}")
  String show(
      @PathVariable String project,
      @PathVariable LocalDate day,
      @PathVariable String id,
      @RequestParam Map<String, String> query,
      @AuthenticationPrincipal SignedIn person,
      Model model) {
    boolean clear = PrivateRight.of(access, person, project);
    model.addAttribute("here", "violations");
    Optional<StoredViolation> stored =
        view.find(model, project, day, id, query.getOrDefault("frame", ""), clear);
    if (stored.isEmpty()) {
      model.addAttribute(
          "place",
          counted
              .place(project, day, id)
              .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
      return "violation-counted";
    }
    ViolationRow row = stored.get().row();
    ViolationFilter filter = ViolationFilter.of(query);
    model.addAttribute("filter", filter);
    model.addAttribute(
        "newer",
        violations.newer(project, filter, Optional.of(row.cursor()), 1, clear).rows().stream()
            .findFirst());
    model.addAttribute(
        "older",
        violations.older(project, filter, Optional.of(row.cursor()), 1, clear).rows().stream()
            .findFirst());
    Optional<String> episode = around.episode(project, day, id);
    model.addAttribute("similar", around.similar(project, row, episode.orElse(""), clear));
    model.addAttribute("found", episode.flatMap(one -> around.said(project, one)).orElse(""));
    model.addAttribute("reviews", clear && episode.isPresent());
    model.addAttribute(
        "author",
        access.role(person, project).filter(role -> role.covers(Role.AUTHOR)).isPresent());
    return "violation";
  }
}
