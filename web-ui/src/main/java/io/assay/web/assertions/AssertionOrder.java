package io.assay.web.assertions;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/** By what the list is ordered; ties by name, so that every order is one. */
enum AssertionOrder {
  /** What does not do its work, then what fires most. */
  attention(
      Comparator.comparing(AssertionLine::health)
          .thenComparing(Comparator.comparingLong(AssertionLine::violations).reversed())),
  name(Comparator.comparing(AssertionLine::name)),
  rate(Comparator.comparingDouble((AssertionLine line) -> -line.counted().rate().orElse(-1))),
  violations(Comparator.comparingLong(AssertionLine::violations).reversed()),
  precision(
      Comparator.comparingDouble(
          (AssertionLine line) ->
              line.reviews().counted() == 0 ? 2 : line.reviews().posterior().mean())),
  last(
      Comparator.comparingLong(
          (AssertionLine line) -> -line.last().map(at -> at.instant().toEpochMilli()).orElse(0L))),
  owner(
      Comparator.comparing((AssertionLine line) -> line.owner().isEmpty())
          .thenComparing(AssertionLine::owner));

  @SuppressWarnings("ImmutableEnumChecker") // made of functions without state
  private final Comparator<AssertionLine> order;

  AssertionOrder(Comparator<AssertionLine> order) {
    this.order = order;
  }

  Comparator<AssertionLine> order() {
    return order.thenComparing(AssertionLine::name);
  }

  static Optional<AssertionOrder> of(String text) {
    return Arrays.stream(values()).filter(one -> one.name().equals(text)).findFirst();
  }
}
