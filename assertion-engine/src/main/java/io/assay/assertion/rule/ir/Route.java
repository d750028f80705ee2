package io.assay.assertion.rule.ir;

import java.util.List;
import java.util.OptionalLong;

/**
 * Where alerts go.
 *
 * @param groupBy names of which alerts with equal values are one: {@code assertion}, {@code level},
 *     {@code stream}, {@code segment}, or a field of the stream
 * @param repeatNanos an alert that stays open is sent again so often
 */
public record Route(
    String name, List<Target> targets, List<String> groupBy, OptionalLong repeatNanos) {
  public Route {
    targets = List.copyOf(targets);
    groupBy = List.copyOf(groupBy);
  }

  /** One receiver. */
  public record Target(Receiver receiver, String address) {}

  /** What kind of receiver. */
  public enum Receiver {
    ALERTMANAGER,
    WEBHOOK,
    SLACK,
    EMAIL
  }
}
