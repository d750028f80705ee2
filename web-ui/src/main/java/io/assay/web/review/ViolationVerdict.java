package io.assay.web.review;

import io.assay.web.access.SignedIn;
import io.assay.web.system.Page;
import io.assay.web.system.Refused;
import java.time.LocalDate;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A verdict on a violation's own page. */
@Page
class ViolationVerdict {
  private final ViolationVerdicts verdicts;

  ViolationVerdict(ViolationVerdicts verdicts) {
    this.verdicts = verdicts;
  }

  /** {@code finding}: error, no-error or unclear. */
  @PostMapping("/p/{project}/violations/{day}/{id}/verdict")
  String give(
      @PathVariable String project,
      @PathVariable LocalDate day,
      @PathVariable String id,
      @RequestParam String finding,
      @RequestParam(defaultValue = "") String reason,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes told) {
    try {
      Verdicts.Said said =
          ReviewItems.said(new ReviewItems.Given(finding, null, null, reason, null, null), false);
      verdicts.give(project, day, id, person.getUsername(), said);
      told.addFlashAttribute("given", finding);
    } catch (Refused refused) {
      if (refused.status() == HttpStatus.NOT_FOUND) {
        throw new ResponseStatusException(HttpStatus.NOT_FOUND, refused.detail(), refused);
      }
      told.addFlashAttribute("trouble", refused.detail());
    }
    return "redirect:/p/{project}/violations/{day}/{id}";
  }
}
