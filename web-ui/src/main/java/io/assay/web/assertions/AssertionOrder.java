package io.assay.web.assertions;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** By what the list is ordered; ties by name, so that every order is one. */
enum AssertionOrder {
  /** What does not do its work, then what fires most. */
  attention(
      line ->
          AssertionPlace.of(
              List.of(Health.values()).indexOf(line.health()), -(double) line.violations(), line)),
  name(AssertionPlace::of),
  rate(line -> AssertionPlace.of(-line.counted().rate().orElse(-1), 0, line)),
  violations(line -> AssertionPlace.of(-(double) line.violations(), 0, line)),
  precision(
      line ->
          AssertionPlace.of(
              line.reviews().counted() == 0 ? 2 : line.reviews().posterior().mean(), 0, line)),
  last(
      line ->
          AssertionPlace.of(
              -line.last().map(at -> (double) at.instant().toEpochMilli()).orElse(0.0), 0, line)),
  owner(line -> new AssertionPlace(line.owner().isEmpty() ? 1 : 0, 0, line.owner(), line.name()));

  @SuppressWarnings("ImmutableEnumChecker") // made of functions without state
  private final Function<AssertionLine, AssertionPlace> place;

  AssertionOrder(Function<AssertionLine, AssertionPlace> place) {
    this.place = place;
  }

  /** Where an assertion stands in this order. */
  AssertionPlace place(AssertionLine line) {
    return place.apply(line);
  }

  Comparator<AssertionLine> order() {
    return Comparator.comparing(place);
  }

  static Optional<AssertionOrder> of(String text) {
    return Arrays.stream(values()).filter(one -> one.name().equals(text)).findFirst();
  }
}
