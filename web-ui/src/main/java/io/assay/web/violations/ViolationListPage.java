package io.assay.web.violations;

import io.assay.assertion.Level;
import io.assay.web.access.Access;
import io.assay.web.access.SignedIn;
import io.assay.web.system.CsvFiles;
import io.assay.web.system.Page;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
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
  private final ViolationLists lists;
  private final CountedViolations counted;
  private final Access access;
  private final CsvFiles files;

  ViolationListPage(
      ViolationQueries violations,
      ViolationLists lists,
      CountedViolations counted,
      Access access,
      CsvFiles files) {
    this.violations = violations;
    this.lists = lists;
    this.counted = counted;
    this.access = access;
    this.files = files;
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
    model.addAttribute("slice", lists.slice(project, filter, query, SIZE, clear));
    model.addAttribute("storm", counted.kept(project, filter));
    model.addAttribute("levels", Level.values());
    List<ViolationQueries.Fired> fired = violations.fired(project);
    model.addAttribute(
        "assertions", fired.stream().map(ViolationQueries.Fired::assertion).distinct().toList());
    model.addAttribute(
        "streams", fired.stream().map(ViolationQueries.Fired::stream).distinct().sorted().toList());
    return "violations";
  }

  /** All of them, as they are filtered. */
  @GetMapping("/p/{project}/violations.csv")
  void csv(
      @PathVariable String project,
      @RequestParam Map<String, String> query,
      @AuthenticationPrincipal SignedIn person,
      HttpServletResponse response)
      throws IOException {
    ViolationFilter filter = ViolationFilter.of(query).requireClear();
    boolean clear = PrivateRight.of(access, person, project);
    files.send(response, "violations.csv", ViolationsCsv.HEAD, lists.parts(project, filter, clear));
  }
}
