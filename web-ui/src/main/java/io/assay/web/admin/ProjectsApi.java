package io.assay.web.admin;

import io.assay.web.access.Projects;
import io.assay.web.access.SignedIn;
import io.assay.web.system.JsonBody;
import io.assay.web.system.Listing;
import io.assay.web.system.Refused;
import io.assay.web.system.TakesJson;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The page of projects, for programs of administrators. */
@RestController
@RequestMapping("/api/v1/projects/{project}")
class ProjectsApi {
  private static final int MOST_BYTES = 4096;
  private static final int MOST = 500;

  private final Projects projects;

  ProjectsApi(Projects projects) {
    this.projects = projects;
  }

  /** Those that this person administers, by name; closed ones, too. */
  @GetMapping("/projects")
  Listing<Projects.Row> list(
      @AuthenticationPrincipal SignedIn person,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "100") int limit) {
    Listing.requireLimit(limit, MOST);
    return Listing.within(
        projects.administeredBy(person.name()), after, limit, row -> row, Projects.Row::name);
  }

  private Projects.Row one(String project, SignedIn person) {
    return projects.administeredBy(person.name()).stream()
        .filter(row -> row.name().equals(project))
        .findFirst()
        .orElseThrow(
            () -> new Refused(HttpStatus.NOT_FOUND, "there is no project '" + project + "'"));
  }

  /** A project to be. */
  record Wish(@Nullable String name, @Nullable String title) {}

  @TakesJson(Wish.class)
  @PostMapping("/projects")
  ResponseEntity<Projects.Row> create(
      @AuthenticationPrincipal SignedIn person, HttpServletRequest request) {
    Wish wish = JsonBody.read(request, Wish.class, "a project", MOST_BYTES);
    String name = wish.name() == null ? "" : wish.name();
    require(projects.create(person.name(), name, wish.title() == null ? name : wish.title()));
    return ResponseEntity.status(HttpStatus.CREATED).body(one(name, person));
  }

  /** A title. */
  record Title(@Nullable String title) {}

  @TakesJson(Title.class)
  @PutMapping("/title")
  Projects.Row rename(
      @PathVariable String project,
      @AuthenticationPrincipal SignedIn person,
      HttpServletRequest request) {
    String title = JsonBody.read(request, Title.class, "a title", MOST_BYTES).title();
    require(projects.rename(project, person.name(), title == null ? "" : title));
    return one(project, person);
  }

  /** {@code confirmed}: the name of the project, so that none is closed by a slip. */
  record Confirmation(@Nullable String confirmed) {}

  @TakesJson(Confirmation.class)
  @PostMapping("/close")
  Projects.Row close(
      @PathVariable String project,
      @AuthenticationPrincipal SignedIn person,
      HttpServletRequest request) {
    String confirmed =
        JsonBody.read(request, Confirmation.class, "closing", MOST_BYTES).confirmed();
    if (!project.equals(confirmed)) {
      throw Refused.bad("closing needs confirmed: '%s', got '%s'".formatted(project, confirmed));
    }
    projects.close(project, person.name());
    return one(project, person);
  }

  @PostMapping("/open")
  Projects.Row open(@PathVariable String project, @AuthenticationPrincipal SignedIn person) {
    projects.open(project, person.name());
    return one(project, person);
  }

  private static void require(Projects.Outcome outcome) {
    if (outcome instanceof Projects.Outcome.Refused(String why)) {
      throw Refused.bad(why);
    }
  }
}
