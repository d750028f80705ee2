package io.assay.web.system;

import io.assay.web.access.Access;
import io.assay.web.access.Role;
import io.assay.web.access.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * What the frame around the pages of a project shows: who one is, where one is, where one may go.
 */
@ControllerAdvice(annotations = Page.class)
class Shell {
  private final Access access;

  Shell(Access access) {
    this.access = access;
  }

  @ModelAttribute
  void frame(
      @AuthenticationPrincipal @Nullable SignedIn person,
      @PathVariable Map<String, String> path,
      Model model) {
    String project = path.getOrDefault("project", "");
    model.addAttribute("project", project);
    if (person != null) {
      model.addAttribute("person", person.name());
      model.addAttribute("projects", access.projects(person));
      model.addAttribute(
          "administers",
          access.role(person, project).filter(role -> role.covers(Role.ADMINISTRATOR)).isPresent());
    }
  }

  /** What cannot be read of an address, or is not there now: the page says why. */
  @ExceptionHandler
  void refused(Refused refused, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    request.setAttribute(ErrorPages.WHY, refused.detail());
    response.sendError(refused.status().value(), refused.detail());
  }
}
