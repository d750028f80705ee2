package io.assay.web.alerts.channels;

import io.assay.assertion.rule.ir.Route.Receiver;
import io.assay.web.system.Moment;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as the API tells it.
 *
 * @param id what the receiver was sent as the delivery's id
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
    String receiver,
    String address,
    String reason,
    String status,
    int attempts,
    Instant created,
    @Nullable Instant next,
    @Nullable Instant ended,
    String trouble) {

  static DeliveryItem of(Delivery delivery) {
    return new DeliveryItem(
        delivery.id(),
        Long.toString(delivery.notice()),
        delivery.target(),
        delivery.route(),
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

  static String word(Receiver receiver) {
    return receiver.name().toLowerCase(Locale.ROOT);
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
