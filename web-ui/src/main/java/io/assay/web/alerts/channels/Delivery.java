package io.assay.web.alerts.channels;

import io.assay.assertion.rule.ir.Route.Receiver;
import java.time.Instant;
import java.util.Optional;

/**
 * A notice on its way to one target of its route.
 *
 * @param target its place in the route, from 0
 * @param address as the rules have it
 * @param attempts so far
 * @param next when it is tried (again), if it is pending
 * @param trouble of the last attempt; empty where there was none
 */
record Delivery(
    long notice,
    int target,
    String project,
    String route,
    String groupKey,
    Receiver receiver,
    String address,
    String reason,
    boolean firing,
    Status status,
    int attempts,
    Instant created,
    Instant next,
    Optional<Instant> ended,
    String trouble) {

  /** Where it stands. */
  enum Status {
    PENDING,
    DELIVERED,
    /** Given up, until a person has it tried again. */
    DEAD,
    /** It failed, and a later notice of its group says what it said, and more. */
    SUPERSEDED
  }

  /** The same at every attempt, so that a receiver can tell repeats. */
  String id() {
    return notice + "-" + target;
  }

  /** Likewise, and never another installation's, which counts from 1 as well. */
  String message() {
    return id() + "." + Long.toHexString(created.toEpochMilli());
  }

  /** Two with the same one go to one place. */
  String lane() {
    return lane(receiver, address);
  }

  static String lane(Receiver receiver, String address) {
    return receiver.name() + " " + address;
  }

  boolean test() {
    return reason.equals("TEST");
  }
}
