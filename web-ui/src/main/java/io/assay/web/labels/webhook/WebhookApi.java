package io.assay.web.labels.webhook;

import io.assay.web.access.Audit;
import io.assay.web.access.SignedIn;
import io.assay.web.labels.webhook.Deliveries.Delivery;
import io.assay.web.system.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the webhook has sent, what it could not, and trying that again. */
@RestController
@RequestMapping("/api/v1/projects/{project}/deliveries")
class WebhookApi {
  private static final int MOST = 500;

  private final Deliveries deliveries;
  private final Audit audit;
  private final TransactionTemplate transactions;

  WebhookApi(Deliveries deliveries, Audit audit, TransactionTemplate transactions) {
    this.deliveries = deliveries;
    this.audit = audit;
    this.transactions = transactions;
  }

  /** The newest deliveries; {@code next}: what {@code before} takes for more, null on the last. */
  record Listing(List<Item> items, @Nullable String next) {}

  /** One of them; {@code next} only where it is pending. */
  record Item(
      String id,
      String event,
      String subject,
      String status,
      int attempts,
      Instant created,
      @Nullable Instant next,
      String trouble) {
    static Item of(Delivery delivery) {
      return new Item(
          Long.toString(delivery.id()),
          delivery.event(),
          delivery.subject(),
          delivery.status().name().toLowerCase(Locale.ROOT),
          delivery.attempts(),
          delivery.created(),
          delivery.status() == Deliveries.Status.PENDING ? delivery.next() : null,
          delivery.trouble());
    }
  }

  @GetMapping
  Listing newest(
      @PathVariable String project,
      @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
      @RequestParam(defaultValue = "100") int limit) {
    if (limit < 1 || limit > MOST) {
      throw Refused.bad("limit needs 1 .. %d, got %d".formatted(MOST, limit));
    }
    List<Delivery> found = deliveries.newest(project, before, limit);
    return new Listing(
        found.stream().map(Item::of).toList(),
        found.size() < limit ? null : Long.toString(found.getLast().id()));
  }

  @PostMapping("/{delivery}/retry")
  ResponseEntity<Object> retry(
      @PathVariable String project,
      @PathVariable String delivery,
      @AuthenticationPrincipal @Nullable SignedIn person) {
    if (!delivery.matches("[0-9]{1,18}")) {
      throw Refused.bad("a delivery is a number, got '" + delivery + "'");
    }
    transactions.executeWithoutResult(
        status -> {
          if (!deliveries.retry(project, Long.parseLong(delivery))) {
            throw new Refused(
                HttpStatus.NOT_FOUND, "there is no delivery %s that rests".formatted(delivery));
          }
          String by = person == null ? "" : person.name();
          audit.note(project, by, "delivery.retried", delivery, "");
        });
    return ResponseEntity.accepted().build();
  }
}
