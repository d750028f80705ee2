package io.assay.web.alerts.channels;

import io.assay.web.access.Access;
import io.assay.web.access.Role;
import io.assay.web.access.SignedIn;
import io.assay.web.system.Page;
import io.assay.web.system.Refused;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Whether alerts arrive. */
@Page
class AlertDeliveriesPage {
  private static final String BACK = "redirect:/p/{project}/alerts/deliveries";

  private final AlertDeliveries deliveries;
  private final Access access;

  AlertDeliveriesPage(AlertDeliveries deliveries, Access access) {
    this.deliveries = deliveries;
    this.access = access;
  }

  @GetMapping("/p/{project}/alerts/deliveries")
  String show(@PathVariable String project, @AuthenticationPrincipal SignedIn person, Model model) {
    model.addAttribute("here", "alerts");
    model.addAttribute("deliveries", deliveries.newest(project));
    model.addAttribute("routes", deliveries.routes(project));
    model.addAttribute(
        "writes",
        access.role(person, project).filter(role -> role.covers(Role.AUTHOR)).isPresent());
    return "alert-deliveries";
  }

  @PostMapping("/p/{project}/alerts/deliveries/test")
  String test(
      @PathVariable String project,
      @RequestParam String route,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes next) {
    try {
      next.addFlashAttribute("tested", deliveries.test(project, route, person.name()));
    } catch (Refused refused) {
      next.addFlashAttribute("problem", refused.detail());
    }
    return BACK;
  }

  @PostMapping("/p/{project}/alerts/deliveries/{notice}/{target}/retry")
  String retry(
      @PathVariable String project,
      @PathVariable String notice,
      @PathVariable String target,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes next) {
    try {
      deliveries.retry(project, notice, target, person.name());
      next.addFlashAttribute("retried", true);
    } catch (Refused refused) {
      next.addFlashAttribute("problem", refused.detail());
    }
    return BACK;
  }
}
