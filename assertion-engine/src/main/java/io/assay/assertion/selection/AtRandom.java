package io.assay.assertion.selection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Draws items, each alike, of all or of those that are flagged. */
final class AtRandom implements Source {
  private final Live live;
  private final Dice dice;
  private final Spread spread;
  private final Arm arm;
  private final Items items;
  private final List<Urn> urns = new ArrayList<>();

  AtRandom(Items items, Live live, Dice dice, Spread spread, Arm arm) {
    this.live = live;
    this.dice = dice;
    this.spread = spread;
    this.arm = arm;
    this.items = items;
    for (int slice = 0; slice < items.slices(); slice++) {
      urns.add(Urn.ofAlike(items.size(slice)));
    }
    live.whenGone(
        c -> {},
        item -> {
          if (items.has(item)) {
            urns.get(items.sliceOf(item)).remove(items.placeOf(item));
          }
        });
  }

  @Override
  public Optional<Draw> next(int slice) {
    Urn urn = urns.get(slice);
    if (urn.total() == 0) {
      return Optional.empty();
    }
    long left = urn.total();
    int candidate = spread.farthest(() -> live.firstOf(items.item(slice, urn.draw(dice))));
    String of =
        switch (items.from()) {
          case ALL -> "all, flagged or not";
          case FLAGGED -> "what was flagged";
        };
    return Optional.of(
        new Draw(candidate, arm, "at random, of %d: %s".formatted(left, of), 1.0 / left));
  }
}
