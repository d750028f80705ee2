package io.assay.web.violations;

import io.assay.assertion.Level;
import io.assay.web.access.Access;
import io.assay.web.access.SignedIn;
import io.assay.web.system.Page;
import java.util.Map;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** All violations of a project; the address holds every filter. */
@Page
class ViolationListPage {
  static final int SIZE = 50;

  private final ViolationQueries violations;
  private final Access access;

  ViolationListPage(ViolationQueries violations, Access access) {
    this.violations = violations;
    this.access = access;
  }

  @GetMapping("/p/{project}/violations")
  String list(
      @PathVariable String project,
      @RequestParam Map<String, String> query,
      @AuthenticationPrincipal SignedIn person,
      Model model) {
    ViolationFilter filter = ViolationFilter.of(query);
    boolean clear = PrivateRight.of(access, person, project);
    model.addAttribute("here", "violations");
    model.addAttribute("filter", filter);
    model.addAttribute("slice", Slice.of(violations, project, filter, query, SIZE, clear));
    model.addAttribute("levels", Level.values());
    model.addAttribute("assertions", violations.known(project, ViolationQueries.Choice.assertion));
    model.addAttribute("streams", violations.known(project, ViolationQueries.Choice.stream));
    return "violations";
  }
}
