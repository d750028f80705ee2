package io.assay.web.alerts.channels;

import io.assay.web.access.SignedIn;
import io.assay.web.system.JsonBody;
import io.assay.web.system.Refused;
import io.assay.web.system.TakesJson;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What alerts' notices reached, what they did not, and why; trying again, and trying out. */
@RestController
@RequestMapping("/api/v1/projects/{project}/alerts")
class AlertDeliveriesApi {
  private static final int MOST_BYTES = 10_000;
  private static final int MOST = 500;

  private final AlertDeliveries deliveries;

  AlertDeliveriesApi(AlertDeliveries deliveries) {
    this.deliveries = deliveries;
  }

  /**
   * Deliveries, and where the active rules lead.
   *
   * @param next what {@code after} takes for those that follow; null on the last page
   */
  record Listing(
      List<DeliveryItem> items, List<AlertDeliveries.RouteItem> routes, @Nullable String next) {}

  /** What a test names. */
  record Wish(@Nullable String route) {}

  /** The notice that a test has written. */
  record Written(String notice) {}

  /** The newest first; {@code sort=oldest} the other way. */
  @GetMapping("/deliveries")
  Listing list(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String route,
      @RequestParam(defaultValue = "") String status,
      @RequestParam(defaultValue = "") String sort,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "200") int limit) {
    if (limit < 1 || limit > MOST) {
      throw Refused.bad("limit needs 1 .. %d, got %d".formatted(MOST, limit));
    }
    DeliveryFilter filter =
        DeliveryFilter.of(Map.of("route", route, "status", status, "sort", sort));
    List<DeliveryItem> found =
        deliveries.list(project, filter, DeliveryFilter.Place.read(after), limit + 1);
    List<DeliveryItem> shown = found.stream().limit(limit).toList();
    return new Listing(
        shown, deliveries.routes(project), found.size() > limit ? shown.getLast().id() : null);
  }

  @PostMapping("/deliveries/{notice}/{target}/retry")
  ResponseEntity<Object> retry(
      @PathVariable String project,
      @PathVariable String notice,
      @PathVariable String target,
      @AuthenticationPrincipal @Nullable SignedIn person) {
    deliveries.retry(project, notice, target, name(person));
    return ResponseEntity.accepted().build();
  }

  /** Sends a test alert to all targets of a route. */
  @TakesJson(Wish.class)
  @PostMapping("/test")
  ResponseEntity<Object> test(
      @PathVariable String project,
      HttpServletRequest request,
      @AuthenticationPrincipal @Nullable SignedIn person) {
    Wish wish = JsonBody.read(request, Wish.class, "a test alert", MOST_BYTES);
    String route = wish.route();
    if (route == null || route.isBlank()) {
      throw Refused.bad("a test alert needs a route");
    }
    long notice = deliveries.test(project, route, name(person));
    return ResponseEntity.accepted().body(new Written(Long.toString(notice)));
  }

  private static String name(@Nullable SignedIn person) {
    return person == null ? "" : person.name();
  }
}
