package io.assay.web.system;

import io.assay.web.access.Access;
import io.assay.web.access.SignedIn;
import java.util.List;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.util.UriComponentsBuilder;

/** Leads to the first project that one may see. */
@Controller
class StartPage {
  private final Access access;

  StartPage(Access access) {
    this.access = access;
  }

  @GetMapping("/")
  String start(@AuthenticationPrincipal SignedIn person) {
    List<String> projects = access.projects(person);
    return projects.isEmpty()
        ? "no-project"
        : "redirect:"
            + UriComponentsBuilder.fromPath("/p/{project}").encode().build(projects.getFirst());
  }
}
