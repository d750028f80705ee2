package io.assay.web.alerts.channels;

import io.assay.web.access.Access;
import io.assay.web.access.Role;
import io.assay.web.access.SignedIn;
import io.assay.web.system.CsvFiles;
import io.assay.web.system.CsvParts;
import io.assay.web.system.Page;
import io.assay.web.system.Refused;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
  private static final int SHOWN = 50;

  private final AlertDeliveries deliveries;
  private final Access access;
  private final CsvFiles files;

  AlertDeliveriesPage(AlertDeliveries deliveries, Access access, CsvFiles files) {
    this.deliveries = deliveries;
    this.access = access;
    this.files = files;
  }

  @GetMapping("/p/{project}/alerts/deliveries")
  String show(
      @PathVariable String project,
      @RequestParam Map<String, String> query,
      @AuthenticationPrincipal SignedIn person,
      Model model) {
    DeliveryFilter filter = DeliveryFilter.of(query);
    String after = query.getOrDefault("after", "");
    List<DeliveryItem> found =
        deliveries.list(project, filter, DeliveryFilter.Place.read(after), SHOWN + 1);
    List<DeliveryItem> shown = found.stream().limit(SHOWN).toList();
    model.addAttribute("here", "alerts");
    model.addAttribute("filter", filter);
    model.addAttribute("first", after.isEmpty());
    model.addAttribute("deliveries", shown);
    model.addAttribute("next", found.size() > SHOWN ? shown.getLast().id() : "");
    model.addAttribute("known", deliveries.known(project));
    model.addAttribute(
        "statuses",
        Arrays.stream(Delivery.Status.values())
            .map(one -> one.name().toLowerCase(Locale.ROOT))
            .toList());
    model.addAttribute("routes", deliveries.routes(project));
    model.addAttribute(
        "writes",
        access.role(person, project).filter(role -> role.covers(Role.AUTHOR)).isPresent());
    return "alert-deliveries";
  }

  /** All of them, as they are filtered. */
  @GetMapping("/p/{project}/alerts/deliveries.csv")
  void csv(
      @PathVariable String project,
      @RequestParam Map<String, String> query,
      HttpServletResponse response)
      throws IOException {
    DeliveryFilter filter = DeliveryFilter.of(query);
    files.<DeliveryFilter.Place>send(
        response,
        "alert-deliveries.csv",
        DeliveryItem.COLUMNS,
        after ->
            CsvParts.Part.of(
                deliveries.list(project, filter, after, CsvFiles.PART),
                CsvFiles.PART,
                DeliveryItem::cells,
                DeliveryItem::place));
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
