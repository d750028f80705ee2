package io.assay.web.admin;

import io.assay.web.access.Projects;
import io.assay.web.access.SignedIn;
import io.assay.web.system.Moment;
import io.assay.web.system.Page;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The projects that someone administers: more of them, other titles, closed ones. */
@Page
class ProjectsPage {
  private static final String BACK = "redirect:/p/{project}/projects";

  private final Projects projects;

  ProjectsPage(Projects projects) {
    this.projects = projects;
  }

  /** A project as it is shown; {@code closed}: the day, empty while it is open. */
  record Row(String name, String title, long members, String created, String closed) {
    static Row of(Projects.Row row) {
      return new Row(
          row.name(),
          row.title(),
          row.members(),
          new Moment(row.created()).day(),
          Optional.ofNullable(row.closed()).map(at -> new Moment(at).day()).orElse(""));
    }
  }

  @GetMapping("/p/{project}/projects")
  String show(@PathVariable String project, @AuthenticationPrincipal SignedIn person, Model model) {
    AdminTab.PROJECTS.show(model);
    List<Row> rows = projects.administeredBy(person.name()).stream().map(Row::of).toList();
    model.addAttribute("rows", rows);
    model.addAttribute("own", project);
    return "projects";
  }

  @PostMapping("/p/{project}/projects")
  String create(
      @RequestParam String name,
      @RequestParam String title,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes next) {
    return tell(projects.create(person.name(), name.strip(), title), next);
  }

  @PostMapping("/p/{project}/projects/rename")
  String rename(
      @PathVariable String project,
      @RequestParam String title,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes next) {
    return tell(projects.rename(project, person.name(), title), next);
  }

  /** {@code confirmed}: the project's name, so that nobody closes one by a slip. */
  @PostMapping("/p/{project}/projects/close")
  String close(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String confirmed,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes next) {
    if (!confirmed.strip().equals(project)) {
      return tell(
          new Projects.Outcome.Refused(
              "closing needs the name of the project, '%s', got '%s'"
                  .formatted(project, confirmed)),
          next);
    }
    projects.close(project, person.name());
    return tell(new Projects.Outcome.Done(), next);
  }

  @PostMapping("/p/{project}/projects/open")
  String open(
      @PathVariable String project,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes next) {
    projects.open(project, person.name());
    return tell(new Projects.Outcome.Done(), next);
  }

  private static String tell(Projects.Outcome outcome, RedirectAttributes next) {
    switch (outcome) {
      case Projects.Outcome.Done ignored -> next.addFlashAttribute("done", true);
      case Projects.Outcome.Refused(String why) -> next.addFlashAttribute("refused", why);
    }
    return BACK;
  }
}
