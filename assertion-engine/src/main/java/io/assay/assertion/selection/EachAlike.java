package io.assay.assertion.selection;

import java.util.Optional;
import java.util.stream.IntStream;

/** Draws an assertion, each that has candidates alike, then one of them, each alike. */
final class EachAlike implements Source {
  private final Pool pool;
  private final Flagged flagged;
  private final Dice dice;
  private final Spread spread;

  EachAlike(Pool pool, Flagged flagged, Dice dice, Spread spread) {
    this.pool = pool;
    this.flagged = flagged;
    this.dice = dice;
    this.spread = spread;
  }

  @Override
  public Optional<Draw> next(int slice) {
    int[] able =
        IntStream.range(0, pool.assertions().size())
            .filter(a -> flagged.hasAny(slice, a))
            .toArray();
    if (able.length == 0) {
      return Optional.empty();
    }
    int assertion = able[(int) dice.below(able.length)];
    int c = spread.farthest(() -> flagged.drawAlike(slice, assertion, dice));
    String why = "%s, one of %d alike".formatted(pool.assertionNamed(assertion), able.length);
    return Optional.of(new Draw(c, Arm.UNIFORM, why, flagged.chanceAlike(c) / able.length));
  }
}
