package io.assay.web.alerts.channels;

import static io.assay.web.system.CsvText.text;

import io.assay.assertion.rule.ir.Route.Receiver;
import io.assay.web.system.Moment;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as the API tells it.
 *
 * @param id what the receiver was sent as the delivery's id
 * @param group the key of the alerts that it tells of, the same for all notices of them
 * @param address as the rules have it, of http addresses the host alone
 * @param next when it is tried (again); only where it is pending
 * @param ended since when it is not pending any more
 * @param trouble of the last attempt; empty where there was none
 */
record DeliveryItem(
    String id,
    String notice,
    int target,
    String route,
    String group,
    String receiver,
    String address,
    String reason,
    String status,
    int attempts,
    Instant created,
    @Nullable Instant next,
    @Nullable Instant ended,
    String trouble) {

  /** Of the list for spreadsheets. */
  static final List<String> COLUMNS =
      List.of(
          "written",
          "route",
          "alerts",
          "reason",
          "receiver",
          "address",
          "status",
          "attempts",
          "next",
          "ended",
          "trouble",
          "id");

  static DeliveryItem of(Delivery delivery) {
    return new DeliveryItem(
        delivery.id(),
        Long.toString(delivery.notice()),
        delivery.target(),
        delivery.route(),
        delivery.groupKey(),
        word(delivery.receiver()),
        ShownAddress.of(delivery.address()),
        delivery.reason().toLowerCase(Locale.ROOT),
        delivery.status().name().toLowerCase(Locale.ROOT),
        delivery.attempts(),
        delivery.created(),
        delivery.status() == Delivery.Status.PENDING ? delivery.next() : null,
        delivery.ended().orElse(null),
        delivery.trouble());
  }

  List<String> cells() {
    return List.of(
        created.toString(),
        text(route),
        text(alike()),
        reason,
        receiver,
        text(address),
        status,
        Integer.toString(attempts),
        next == null ? "" : next.toString(),
        ended == null ? "" : ended.toString(),
        text(trouble),
        id);
  }

  DeliveryFilter.Place place() {
    return new DeliveryFilter.Place(Long.parseLong(notice), target);
  }

  static String word(Receiver receiver) {
    return receiver.name().toLowerCase(Locale.ROOT);
  }

  /** For pages: what the alerts have in common; empty where it is nothing, and of tests. */
  public String alike() {
    String prefix = route + ":";
    String key = group.startsWith(prefix) ? group.substring(prefix.length()) : "";
    return key.startsWith("{") && key.endsWith("}") ? key.substring(1, key.length() - 1) : key;
  }

  /** For pages: when the notice was written. */
  public Moment written() {
    return new Moment(created);
  }

  /** For pages: whether a person may have it tried again. */
  public boolean dead() {
    return status.equals("dead");
  }
}
