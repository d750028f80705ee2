package io.assay.web.labels.studio;

import io.assay.web.access.SignedIn;
import io.assay.web.system.Page;
import io.assay.web.system.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A round to Label Studio, from the page of labels. */
@Page
class StudioPages {
  private final StudioApi api;

  StudioPages(StudioApi api) {
    this.api = api;
  }

  @PostMapping("/p/{project}/labels/label-studio")
  String make(
      @PathVariable String project,
      @RequestParam(required = false) @Nullable Long round,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes told) {
    try {
      told.addFlashAttribute("made", api.make(project, round, person).number());
      told.addFlashAttribute("done", "made");
    } catch (Refused refused) {
      told.addFlashAttribute("trouble", refused.detail());
    }
    return "redirect:/p/{project}/labels#studio";
  }
}
